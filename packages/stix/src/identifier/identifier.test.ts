import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { deterministicId } from './deterministic-id.ts';
import {
  isStixId,
  isTypeName,
  isUuid,
  makeStixId,
  parseStixId,
  typeOfId,
  uuidVersionOfId,
} from './stix-id.ts';
import { uuidV5 } from './uuid.ts';

const uuid = '8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f';

describe('STIX identifiers (§2.9)', () => {
  it('come apart into type, UUID and version', () => {
    const parsed = parseStixId(`x-mitre-tactic--${uuid}`);
    assert.deepEqual(parsed, { id: `x-mitre-tactic--${uuid}`, type: 'x-mitre-tactic', uuid, version: 4 });
  });

  const wrong = [
    '',
    uuid,
    `--${uuid}`,
    `ab--${uuid}`,
    `Indicator--${uuid}`,
    `1ndicator--${uuid}`,
    `indi--cator--${uuid}`,
    `indicator-${uuid}`,
    `indicator---${uuid}`,
    `indicator--${uuid} `,
    `indicator--${uuid.slice(1)}`,
    `indicator--${uuid.replaceAll('-', '')}`,
    'indicator--00000000-0000-0000-0000-000000000000',
    'indicator--8e2e2d2b-17d4-6cbf-938f-98ee46b3cd3f',
    'indicator--8e2e2d2b-17d4-4cbf-c38f-98ee46b3cd3f',
    'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3g',
    `${'a'.repeat(251)}--${uuid}`,
  ];
  for (const text of wrong) {
    it(`are not ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.equal(isStixId(text), false);
      assert.equal(parseStixId(text), undefined);
    });
  }

  it('are put together from what is in its form, and from nothing else', () => {
    const id = makeStixId('ipv4-addr', uuidV5(uuid, 'name'));
    assert.equal(typeOfId(id), 'ipv4-addr');
    assert.equal(uuidVersionOfId(id), 5);
    assert.throws(() => makeStixId('IPv4', uuid), TypeError);
  });

  it('accept exactly what the grammar of type names and UUIDs gives', () => {
    const type = fc.stringMatching(/^[a-z][a-z0-9]{2,9}(-[a-z0-9]{1,5}){0,3}$/);
    fc.assert(
      fc.property(type, fc.uuid({ version: [1, 2, 3, 4, 5] }), (name, id) => {
        assert.ok(isTypeName(name) && isUuid(id));
        assert.equal(parseStixId(`${name}--${id}`)?.type, name);
      }),
    );
  });
});

describe('deterministic ids', () => {
  it('RFC 4122 appendix B: the UUIDv5 of www.example.com in the namespace of DNS', () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    assert.equal(uuidV5(dns, 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  const known: readonly (readonly [object: object, id: string])[] = [
    [{ type: 'ipv4-addr', value: '198.51.100.3' }, 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4'],
    [{ type: 'ipv4-addr', value: '198.51.100.2' }, 'ipv4-addr--9cf4a8ec-7640-5f40-a006-79942896168b'],
    [{ type: 'domain-name', value: 'example.com' }, 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7'],
    [
      { type: 'email-addr', value: 'john@example.com', display_name: 'John Doe' },
      'email-addr--7165e2a9-671f-585d-b1e1-ca59c671d934',
    ],
    [{ type: 'mac-addr', value: 'd2:fb:49:24:37:18' }, 'mac-addr--757b1725-9903-54f5-a855-1240691d7659'],
    [{ type: 'mutex', name: '__CLEANSWEEP__' }, 'mutex--f93fe911-e545-5239-b9b0-597840d0c871'],
    [
      { type: 'autonomous-system', number: 15_139 },
      'autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff',
    ],
    [
      { type: 'url', value: 'https://example.com/research/index.html' },
      'url--47c3cf9a-5027-5bf0-997a-017c7edc7c55',
    ],
    [
      {
        type: 'user-account',
        user_id: '1001',
        account_login: 'jdoe',
        account_type: 'unix',
        display_name: 'John Doe',
      },
      'user-account--f94d689e-707d-58c3-b803-c720bb6ed096',
    ],
    [
      {
        type: 'software',
        name: 'Word',
        cpe: 'cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*',
        version: '2002',
        vendor: 'Microsoft',
      },
      'software--710b0b41-d4d0-5d6c-a400-fc9254554ffc',
    ],
    [
      { type: 'windows-registry-key', key: 'HKEY_LOCAL_MACHINE\\System\\Foo\\Bar' },
      'windows-registry-key--1884b770-b679-522a-a9c7-45fadaaec7bb',
    ],
    [
      {
        type: 'x509-certificate',
        serial_number: '36:f7:d4:32:f4:ab:70:ea:d3:ce:98:6e:ea:99:93:49:32:0a:b7:06',
      },
      'x509-certificate--bf86f034-2390-54d7-8426-d08433db3fbe',
    ],
  ];
  for (const [object, id] of known) {
    it(`are those of the examples of the standard: ${id}`, () => assert.equal(deterministicId(object), id));
  }

  it('take only the preferred one of several hashes (§6.7.1)', () => {
    const both = deterministicId({ type: 'file', hashes: { 'SHA-256': 'b', MD5: 'a' } });
    assert.equal(both, deterministicId({ type: 'file', hashes: { MD5: 'a' } }));
    assert.notEqual(both, deterministicId({ type: 'file', hashes: { 'SHA-256': 'b' } }));
  });

  it('are missing where a UUIDv4 has to be used', () => {
    assert.equal(deterministicId({ type: 'process', pid: 1 }), undefined);
    assert.equal(deterministicId({ type: 'x509-certificate', issuer: 'CN=a' }), undefined);
    assert.equal(deterministicId({ type: 'indicator', name: 'a' }), undefined);
    assert.equal(deterministicId({ type: '__proto__' }), undefined);
  });

  it('are given for types of extensions when their contributing properties are', () => {
    const id = deterministicId({ type: 'mobile-cell', value: '206-01-1-1' }, ['value']);
    assert.match(String(id), /^mobile-cell--[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it('do not depend on the order of keys, on white space or on other properties', () => {
    const extensions = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(fc.string(), extensions, fc.string(), (name, content, other) => {
        const object = { type: 'file', name, extensions: content };
        const turned: unknown = JSON.parse(
          JSON.stringify({ mime_type: other, ...reversed(object) }, undefined, 3),
        );
        assert.ok(typeof turned === 'object' && turned !== null);
        assert.equal(deterministicId(turned), deterministicId(object));
      }),
    );
  });
});

function reversed(object: object): object {
  return Object.fromEntries(Object.entries(object).reverse());
}
