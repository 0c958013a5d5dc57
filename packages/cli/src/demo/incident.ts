import { deterministicId } from '@belltower/stix';
import type { DemoCollection, DemoMember } from './community.ts';
import { demoMember } from './community.ts';
import { definitionsFor, hourBefore, requestsSeen } from './observed-requests.ts';
import { type Make, maker, type Scene, type StixObject } from './scene.ts';

/** One thing that somebody does in the incident. */
export interface Act {
  /** Seconds after the beginning. */
  readonly at: number;
  readonly by: DemoMember['key'];
  readonly to: DemoCollection['alias'];
  /** What happens, in one line. */
  readonly title: string;
  readonly does:
    | { readonly kind: 'publish'; readonly objects: readonly StixObject[] }
    | { readonly kind: 'withdraw'; readonly id: string };
}

/**
 * A fictional incident after public facts: a surveillance vendor leases global titles and asks foreign networks where
 * their subscribers are (FiGHT FGT5012.008); and a Linux implant on a roaming-exchange host takes its commands from GTP-C
 * echo requests, as GTPDOOR does (FiGHT FGS5012). Names, numbers and addresses are made up: country code 999 is not
 * assigned, 198.51.100.0/24 is for documentation.
 */
export function incident(scene: Scene): readonly Act[] {
  const make = maker(scene);
  const tracking = trackingObjects(make, scene);
  const seen = sightingObjects(make, { scene, of: tracking.forOperators.id });
  const implant = implantObjects(make, scene);
  const advice = adviceObjects(make, tracking.pattern);
  return [
    {
      at: 0.5,
      by: 'nordvik',
      to: 'task-force',
      title:
        'Leased global titles ask where our subscribers are: 3 titles, 412 provideSubscriberInfo in an hour',
      does: { kind: 'publish', objects: tracking.all },
    },
    {
      at: 2.5,
      by: 'telmara',
      to: 'operators',
      title: 'An analyst tries to pass the task force’s indicator on to all operators',
      does: { kind: 'publish', objects: [tracking.strict] },
    },
    {
      at: 4,
      by: 'nordvik',
      to: 'operators',
      title: 'Its owner shares what every operator needs to block',
      does: { kind: 'publish', objects: [tracking.forOperators] },
    },
    {
      at: 5.5,
      by: 'telmara',
      to: 'operators',
      title: 'Seen here too: 214 location requests within an hour',
      does: { kind: 'publish', objects: seen },
    },
    {
      at: 7,
      by: 'corvanet',
      to: 'operators',
      title: 'An implant on a roaming-exchange host listens for GTP-C echo requests',
      does: { kind: 'publish', objects: implant.all },
    },
    {
      at: 8.5,
      by: 'halden',
      to: 'advisories',
      title: 'Asked by Corvanet, the vendor tells everybody how to close this at the border',
      does: { kind: 'publish', objects: advice.vendor },
    },
    {
      at: 10,
      by: 'cert',
      to: 'advisories',
      title: 'Situation report for the whole community',
      does: { kind: 'publish', objects: advice.report },
    },
    {
      at: 11,
      by: 'corvanet',
      to: 'operators',
      title: 'One address was a partner’s monitoring probe: withdrawn',
      does: { kind: 'withdraw', id: implant.mistake.id },
    },
    {
      at: 12,
      by: 'nordvik',
      to: 'operators',
      title: 'The lessor has cut the titles off: the indicator is revoked',
      does: {
        kind: 'publish',
        objects: [
          {
            ...tracking.forOperators,
            modified: new Date(scene.now.getTime() + 12_000).toISOString(),
            revoked: true,
          },
        ],
      },
    },
  ];
}

function fight(id: string) {
  return [{ source_name: 'mitre-fight', external_id: id, url: `https://fight.mitre.org/techniques/${id}` }];
}

function sightingObjects(
  make: Make,
  { scene, of }: { readonly scene: Scene; readonly of: string },
): readonly StixObject[] {
  const observables = requestsSeen({ '999310442004': 187, '999310442009': 27 }, '999402000007', scene.now);
  const span = { first: hourBefore(scene.now), last: scene.now.toISOString() };
  const observed = make('telmara', 'amber', 'observed-data', {
    first_observed: span.first,
    last_observed: span.last,
    number_observed: 214,
    object_refs: observables.map(({ id }) => id),
  });
  const sighting = make('telmara', 'amber', 'sighting', {
    sighting_of_ref: of,
    count: 214,
    first_seen: span.first,
    last_seen: span.last,
    where_sighted_refs: [demoMember('telmara').id],
    observed_data_refs: [observed.id],
    description: 'All were answered with an error by the signalling firewall.',
  });
  return [...definitionsFor(observables), ...observables, observed, sighting];
}

function trackingObjects(make: Make, { now }: Scene) {
  const pattern = make('nordvik', 'green', 'attack-pattern', {
    name: 'Locating subscribers over SS7',
    description:
      'Location requests to a foreign home network from a global title that has no business with it.',
    external_references: fight('FGT5012.008'),
  });
  const campaign = make('nordvik', 'amber+strict', 'campaign', {
    name: 'PALE LANTERN',
    description: 'Location tracking of a few dozen subscribers through leased global titles.',
    objective: 'Location of named persons',
  });
  const strict = make('nordvik', 'amber+strict', 'indicator', {
    name: 'Location requests from the leased titles of PALE LANTERN',
    description: 'Three titles of one lessor; each asks for subscribers who have never been abroad.',
    indicator_types: ['malicious-activity'],
    pattern: "[ss7-global-title:value IN ('999310442001', '999310442002', '999310442017')]",
    pattern_type: 'stix',
    valid_from: campaign['created'],
    kill_chain_phases: [{ kill_chain_name: 'mitre-fight', phase_name: 'collection' }],
  });
  const forOperators = make('nordvik', 'amber', 'indicator', {
    name: 'Global title range that sends location requests',
    description: 'Block provideSubscriberInfo and anyTimeInterrogation from this range; it is leased out.',
    indicator_types: ['malicious-activity'],
    pattern: "[ss7-global-title:value LIKE '9993104420%']",
    pattern_type: 'stix',
    valid_from: campaign['created'],
    kill_chain_phases: [{ kill_chain_name: 'mitre-fight', phase_name: 'collection' }],
  });
  const relation = (source: string, type: string, target: string) =>
    make('nordvik', 'amber+strict', 'relationship', {
      relationship_type: type,
      source_ref: source,
      target_ref: target,
    });
  const requests = { '999310442001': 201, '999310442002': 128, '999310442017': 83 };
  const observables = requestsSeen(requests, '999401000010', now);
  const observed = make('nordvik', 'amber+strict', 'observed-data', {
    first_observed: hourBefore(now),
    last_observed: now.toISOString(),
    number_observed: 412,
    object_refs: observables.map(({ id }) => id),
  });
  const all = [
    ...definitionsFor(observables),
    ...observables,
    observed,
    pattern,
    campaign,
    strict,
    relation(strict.id, 'based-on', observed.id),
    relation(strict.id, 'indicates', campaign.id),
    relation(campaign.id, 'uses', pattern.id),
  ];
  return { pattern, strict, forOperators, all };
}

function implantObjects(make: Make, { now }: Scene) {
  const malware = make('corvanet', 'amber', 'malware', {
    name: 'ECHOLATCH',
    description:
      'Linux ELF that reads GTP-C echo requests from a raw socket and runs what they carry; it opens no port.',
    malware_types: ['backdoor'],
    is_family: true,
    external_references: [
      { source_name: 'mitre-fight', external_id: 'FGS5012', description: 'Public malware of the same kind' },
    ],
  });
  const sha256 = '6f1c2f0b8c1d4c9e7a53b2e0d9a4f68b1e3c5d7f90a2b4c6d8e0f1a3b5c7d9e1';
  const file = { hashes: { 'SHA-256': sha256 }, name: 'dbus-echo' };
  const sample: StixObject = {
    type: 'file',
    spec_version: '2.1',
    id: deterministicId({ type: 'file', ...file }) ?? '',
    ...file,
    size: 48_216,
  };
  const observed = make('corvanet', 'amber', 'observed-data', {
    first_observed: new Date(now.getTime() - 7_200_000).toISOString(),
    last_observed: now.toISOString(),
    number_observed: 1,
    object_refs: [sample.id],
  });
  const indicator = make('corvanet', 'amber', 'indicator', {
    name: 'File of the ECHOLATCH implant',
    description: 'Look for it on hosts of the roaming exchange, under the name of a system service.',
    indicator_types: ['malicious-activity'],
    pattern: `[file:hashes.'SHA-256' = '${sha256}']`,
    pattern_type: 'stix',
    valid_from: now.toISOString(),
    kill_chain_phases: [{ kill_chain_name: 'mitre-fight', phase_name: 'command-and-control' }],
  });
  const mistake = make('corvanet', 'amber', 'indicator', {
    name: 'Peer that sends the echo requests',
    description: 'GTP-C echo requests with a payload come from this address.',
    indicator_types: ['malicious-activity'],
    pattern: "[network-traffic:src_ref.value = '198.51.100.23' AND network-traffic:dst_port = 2123]",
    pattern_type: 'stix',
    valid_from: now.toISOString(),
    kill_chain_phases: [{ kill_chain_name: 'mitre-fight', phase_name: 'command-and-control' }],
  });
  const indicates = (source: string) =>
    make('corvanet', 'amber', 'relationship', {
      relationship_type: 'indicates',
      source_ref: source,
      target_ref: malware.id,
    });
  return {
    mistake,
    all: [malware, sample, observed, indicator, mistake, indicates(indicator.id)],
  };
}

/** Whoever reads the advisories can resolve every reference in them: what they refer to is GREEN and is published with them. */
function adviceObjects(make: Make, tracking: StixObject) {
  const hiding = make('halden', 'green', 'attack-pattern', {
    name: 'Commands in GTP-C echo requests',
    description: 'An implant reads its commands from echo requests that pass as keep-alive between gateways.',
    external_references: fight('FGT1205'),
  });
  const action = make('halden', 'green', 'course-of-action', {
    name: 'Filter GTP-C echo requests that carry a payload',
    description:
      'An echo request has a recovery element and nothing else (TS 29.274 §7.1.1). Drop and log whatever has more, at the border of the roaming exchange.',
  });
  const mitigates = make('halden', 'green', 'relationship', {
    relationship_type: 'mitigates',
    source_ref: action.id,
    target_ref: hiding.id,
  });
  const report = make('cert', 'green', 'report', {
    name: 'Location tracking and a roaming-exchange implant',
    description: 'Two incidents of one week, what members should look for, and whom to call.',
    report_types: ['campaign', 'malware'],
    published: action['created'],
    object_refs: [tracking.id, hiding.id, action.id, mitigates.id],
  });
  return { vendor: [hiding, action, mitigates], report: [tracking, report] };
}
