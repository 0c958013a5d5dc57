import type { Observable } from '@belltower/telecom';
import { observableOfSco } from '@belltower/telecom';
import type { Target } from './target.ts';

/** The properties of telecom types that say together what a target is. */
export const telecomProperties: ReadonlyMap<string, readonly string[]> = new Map([
  ['phone-number', ['value']],
  ['phone-number-range', ['range_start', 'range_end', 'prefix']],
  ['ss7-global-title', ['value', 'numbering_plan']],
  ['ss7-point-code', ['format', 'value']],
  ['mobile-subscriber-id', ['id_type', 'value']],
  ['mobile-equipment-id', ['id_type', 'value']],
  ['uicc-id', ['id_type', 'value']],
  ['mobile-network-id', ['plmn']],
  ['mobile-cell', ['plmn', 'cell_type', 'value']],
  ['diameter-node', ['node_kind', 'value']],
  ['telecom-nf', ['nf_instance_id']],
  ['network-slice', ['value']],
  ['access-point-name', ['value']],
  ['sip-identity', ['value']],
  ['sms-sender', ['value']],
  ['concealed-identifier', ['id_type', 'key_id', 'value']],
]);

/** An object of a telecom type as a pattern names it; a value with `*` at its end stands for all that begin so. */
type Named = Readonly<Record<string, string>> & { readonly type: string };

/** The target that a telecom object is; undefined where no list has such values, or its properties name none. */
export function telecomTarget(named: Named): Target | undefined {
  const { type, value = '' } = named;
  if (type === 'concealed-identifier') {
    // The code is that of one kind of identifier only, so that it need not be told which.
    const { id_type, key_id = '' } = named;
    return { kind: 'concealed', value: `${id_type === undefined ? '' : `${id_type}:`}${key_id}:${value}` };
  }
  if (value.endsWith('*') && type === 'phone-number')
    return telecomTarget({ type: 'phone-number-range', prefix: value.slice(0, -1).replace(/^\+/, '') });
  if (value.endsWith('*') && type === 'mobile-subscriber-id')
    return (named['id_type'] ?? 'imsi') === 'imsi' ? { kind: 'imsi-range', value } : undefined;
  const observable = observableOfSco({ ...defaults(named), ...named });
  return observable === undefined ? undefined : targetOf(observable, named);
}

/** What people leave out, where the value tells what it is. */
function defaults({ type, value = '' }: Named): Readonly<Record<string, string>> {
  switch (type) {
    case 'mobile-subscriber-id':
      return { id_type: 'imsi' };
    case 'mobile-equipment-id':
      return { id_type: value.length === 8 ? 'tac' : 'imei' };
    case 'uicc-id':
      return { id_type: value.length === 32 ? 'eid' : 'iccid' };
    default:
      return {};
  }
}

function targetOf(observable: Observable, named: Named): Target | undefined {
  const { kind, value } = observable;
  switch (kind) {
    case 'msisdn':
    case 'number-range':
    case 'global-title':
    case 'point-code':
    case 'imsi':
    case 'imei':
    case 'tac':
    case 'iccid':
    case 'eid':
    case 'plmn':
    case 'cell':
    case 'nf-instance':
    case 's-nssai':
    case 'apn':
    case 'sip-uri':
    case 'sms-sender':
      return { kind, value };
    case 'imeisv':
      return { kind: 'imei', value: observable.imei };
    case 'diameter-identity':
      return { kind: named['node_kind'] === 'realm' ? 'diameter-realm' : 'diameter-host', value };
    case 'tel-uri':
      return observable.msisdn === undefined ? undefined : { kind: 'msisdn', value: observable.msisdn };
    case 'supi':
      return observable.form === 'imsi' ? { kind: 'imsi', value: value.slice('imsi-'.length) } : undefined;
    case 'gpsi':
      return observable.form === 'msisdn'
        ? { kind: 'msisdn', value: `+${value.slice('msisdn-'.length)}` }
        : undefined;
    case 'pei':
      return /^imei-/.test(value) ? { kind: 'imei', value: value.slice('imei-'.length) } : undefined;
    default:
      return undefined;
  }
}
