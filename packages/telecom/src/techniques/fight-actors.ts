/** Something that FiGHT gives an id. What ATT&CK numbered keeps its number there: G…, S…, C…. */
export interface NamedEntry {
  readonly id: string;
  readonly name: string;
}

/** The groups of MITRE FiGHT 3.0.1, as the source spells them. */
export const fightGroups: readonly NamedEntry[] = [
  { id: 'FGG5001', name: 'Liminal Panda' },
  { id: 'FGG5002', name: 'Stone Panda' },
  { id: 'FGG5003', name: 'HIddenArt' },
  { id: 'FGG5004', name: 'Scattered Spider' },
  { id: 'G0016', name: 'APT29' },
  { id: 'G0091', name: 'Silence' },
  { id: 'G0093', name: 'GALLIUM' },
  { id: 'G0125', name: 'HAFNIUM' },
  { id: 'G0139', name: 'TeamTNT' },
  { id: 'G1045', name: 'Salt Typhoon' },
];

/** Software that FiGHT names. Whether it is made to do harm or only used so is said here: the source does not, and STIX has two types. */
export const fightSoftware: readonly (NamedEntry & { readonly type: 'malware' | 'tool' })[] = [
  { id: 'FGS5001', name: 'PingPong', type: 'malware' },
  { id: 'FGS5002', name: 'ProxyChains', type: 'tool' },
  { id: 'FGS5003', name: 'Fast Reverse Proxy', type: 'tool' },
  { id: 'FGS5004', name: 'Microsocks Proxy', type: 'tool' },
  { id: 'FGS5005', name: 'SIGTRANslator', type: 'malware' },
  { id: 'FGS5006', name: 'TINYSHELL', type: 'malware' },
  { id: 'FGS5007', name: 'STEELCORGI', type: 'malware' },
  { id: 'FGS5008', name: 'Ghost Spider', type: 'malware' },
  { id: 'FGS5009', name: 'NinjaCopy', type: 'tool' },
  { id: 'FGS5010', name: 'TrillClient', type: 'malware' },
  { id: 'FGS5011', name: 'SnappyBee', type: 'malware' },
  { id: 'FGS5012', name: 'GTPDOOR', type: 'malware' },
  { id: 'FGS5013', name: 'SLAPSTICK', type: 'malware' },
  { id: 'FGS5014', name: 'CordScan', type: 'tool' },
  { id: 'S0020', name: 'China Chopper', type: 'malware' },
  { id: 'S0041', name: 'Wiper', type: 'malware' },
  { id: 'S0154', name: 'Cobalt Strike', type: 'malware' },
  { id: 'S0600', name: 'Doki', type: 'malware' },
  { id: 'S0601', name: 'Hildegard', type: 'malware' },
  { id: 'S0623', name: 'Siloscape', type: 'malware' },
  { id: 'S0677', name: 'AADInternals', type: 'tool' },
  { id: 'S0683', name: 'Peirates', type: 'tool' },
  { id: 'S1161', name: 'BPFDOOR', type: 'malware' },
];

/** The campaigns of MITRE FiGHT 3.0.1, as the source spells them. */
export const fightCampaigns: readonly NamedEntry[] = [
  { id: 'C0024', name: 'Solarwind Compromise' },
  { id: 'FGC5001', name: 'Operation Soft Cell' },
];
