/** What helps against techniques. */
export interface Mitigation {
  readonly id: string;
  readonly name: string;
  /** Ids of techniques. */
  readonly mitigates: readonly string[];
}

const table: readonly (Omit<Mitigation, 'mitigates'> & { readonly mitigates: string })[] = [
  {
    id: 'FGM0817',
    name: 'Supply Chain Management',
    mitigates: 'FGT1195.002 FGT1195.502',
  },
  {
    id: 'FGM0947',
    name: 'Audit',
    mitigates: 'FGT1525 FGT1608.501 FGT5017 FGT5023',
  },
  {
    id: 'FGM1001',
    name: 'Security Updates',
    mitigates: 'FGT1587.004',
  },
  {
    id: 'FGM1009',
    name: 'Encrypt Network Traffic',
    mitigates: 'FGT5016 FGT5036 FGT5037',
  },
  {
    id: 'FGM1010',
    name: 'Deploy Compromised Device Detection Method',
    mitigates: 'FGT1203.502',
  },
  {
    id: 'FGM1014',
    name: 'Interconnection Filtering',
    mitigates: 'FGT1036.501 FGT1583.508 FGT5012.008 FGT5019.005',
  },
  {
    id: 'FGM1016',
    name: 'Vulnerability Scanning',
    mitigates: 'FGT1190 FGT1195 FGT1195.002 FGT1195.003 FGT1499',
  },
  {
    id: 'FGM1017',
    name: 'User Training',
    mitigates: 'FGT1078.004 FGT1195.501 FGT1555.501 FGT5026 FGT5046',
  },
  {
    id: 'FGM1018',
    name: 'User Account Management',
    mitigates:
      'FGT1014 FGT1021 FGT1036.005 FGT1072 FGT1078.004 FGT1195.502 FGT1199.501 FGT1542.501 FGT1555.501 FGT1562.004 FGT1600.501 FGT1600.502 FGT1609.501 FGT1611.501 FGT5007 FGT5009.001 FGT5009.002 FGT5013 FGT5014 FGT5036 FGT5037 FGT5041 FGT5045',
  },
  {
    id: 'FGM1020',
    name: 'SSL/TLS Inspection',
    mitigates: 'FGT1040 FGT1071.502 FGT1565.002 FGT5003 FGT5027',
  },
  {
    id: 'FGM1021',
    name: 'Restrict Web-Based Content',
    mitigates: 'FGT5041',
  },
  {
    id: 'FGM1022',
    name: 'Restrict File And Directory Permissions',
    mitigates: 'FGT1036.005 FGT1195.501 FGT1562.004 FGT5004 FGT5004.001 FGT5004.002 FGT5026 FGT5045',
  },
  {
    id: 'FGM1025',
    name: 'Privileged Process Integrity',
    mitigates: 'FGT1557.002 FGT5032.002 FGT5032.003',
  },
  {
    id: 'FGM1026',
    name: 'Privileged Account Management',
    mitigates:
      'FGT1020.001 FGT1040 FGT1059 FGT1072 FGT1078.003 FGT1078.004 FGT1200 FGT1525 FGT1555.501 FGT1599 FGT1599.501 FGT1599.502 FGT1609.501 FGT1611 FGT5036 FGT5037 FGT5038',
  },
  {
    id: 'FGM1027',
    name: 'Password Policies',
    mitigates: 'FGT1021 FGT1072 FGT1078.001 FGT1078.003 FGT1078.004 FGT1110.001 FGT1599',
  },
  {
    id: 'FGM1028',
    name: 'Operating System Configuration',
    mitigates: 'FGT5046',
  },
  {
    id: 'FGM1029',
    name: 'Remote Data Storage',
    mitigates: 'FGT1072',
  },
  {
    id: 'FGM1030',
    name: 'Network Segmentation',
    mitigates:
      'FGT1018 FGT1021 FGT1040 FGT1040.502 FGT1046 FGT1046.501 FGT1072 FGT1190 FGT1195.501 FGT1199.501 FGT1200 FGT1498.502 FGT1499.503 FGT1499.504 FGT1557.502 FGT1567.002 FGT1583 FGT1599.501 FGT1599.502 FGT1611.501 FGT5004 FGT5004.001 FGT5004.002 FGT5007 FGT5013 FGT5014 FGT5034 FGT5038',
  },
  {
    id: 'FGM1031',
    name: 'Network Intrusion Prevention',
    mitigates:
      'FGT1018 FGT1041 FGT1046 FGT1046.501 FGT1048.003 FGT1048.501 FGT1090.001 FGT1090.002 FGT1090.003 FGT1565.002 FGT1567.002 FGT1572 FGT1572.501 FGT1572.502 FGT1600.501 FGT1600.502 FGT5009.001 FGT5009.002 FGT5031',
  },
  {
    id: 'FGM1032',
    name: 'Multi-factor Authentication',
    mitigates: 'FGT1021 FGT1040 FGT1059 FGT1072 FGT1078.001 FGT1078.004 FGT1110.001 FGT1599 FGT1600.501',
  },
  {
    id: 'FGM1033',
    name: 'Limit Software Installation',
    mitigates: 'FGT1059 FGT1210 FGT1557.002 FGT5005 FGT5032.002 FGT5032.003 FGT5034 FGT5034.001 FGT5039',
  },
  {
    id: 'FGM1034',
    name: 'Limit Hardware Installation',
    mitigates: 'FGT1040 FGT1200',
  },
  {
    id: 'FGM1035',
    name: 'Limit Access To Resource Over Network',
    mitigates:
      'FGT1525 FGT1557.002 FGT1557.502 FGT1599.501 FGT1599.502 FGT1609.501 FGT1611.501 FGT5013 FGT5014 FGT5021 FGT5032.002 FGT5032.003 FGT5038',
  },
  {
    id: 'FGM1037',
    name: 'Filter Network Traffic',
    mitigates:
      'FGT1036.502 FGT1041 FGT1048 FGT1048.003 FGT1071.501 FGT1071.502 FGT1199.501 FGT1205 FGT1499 FGT1557.002 FGT1557.502 FGT1565.002 FGT1567.002 FGT1572 FGT1583.508 FGT1599 FGT1642.502 FGT5012.004 FGT5031',
  },
  {
    id: 'FGM1038',
    name: 'Execution Prevention',
    mitigates: 'FGT1609.501 FGT1611',
  },
  {
    id: 'FGM1040',
    name: 'Behavior Prevention On Endpoint',
    mitigates: 'FGT1040 FGT1071.502 FGT1203.502 FGT1567.002 FGT5008 FGT5011 FGT5042 FGT5043 FGT5043.001',
  },
  {
    id: 'FGM1041',
    name: 'Encrypt Sensitive Information',
    mitigates:
      'FGT1020.001 FGT1040 FGT1040.501 FGT1040.502 FGT1195.501 FGT1557.503 FGT1557.504 FGT1565.002 FGT1572.501 FGT1583 FGT1599.501 FGT1599.502 FGT1600.501 FGT1600.502 FGT5004 FGT5004.001 FGT5004.002 FGT5012.002 FGT5012.006 FGT5016 FGT5019.004 FGT5026 FGT5031 FGT5036 FGT5037 FGT5038',
  },
  {
    id: 'FGM1042',
    name: 'Disable Or Remove Feature Or Program',
    mitigates: 'FGT1018 FGT1046 FGT1046.501 FGT1059',
  },
  {
    id: 'FGM1043',
    name: 'Credential Access Protection',
    mitigates:
      'FGT1210 FGT1525 FGT1599 FGT1600.501 FGT1600.502 FGT5009.001 FGT5009.002 FGT5032.002 FGT5032.003 FGT5034',
  },
  {
    id: 'FGM1045',
    name: 'Code Signing',
    mitigates: 'FGT1014 FGT1195.002 FGT1210 FGT1525 FGT1542.501 FGT5032.002 FGT5032.003 FGT5034 FGT5046',
  },
  {
    id: 'FGM1046',
    name: 'Boot Integrity',
    mitigates: 'FGT1014 FGT1542.501 FGT1600.501 FGT1600.502 FGT5009.002',
  },
  {
    id: 'FGM1047',
    name: 'Audit',
    mitigates:
      'FGT1014 FGT1040 FGT1200 FGT1525 FGT1542.501 FGT1557.002 FGT1557.504 FGT1611.501 FGT5005 FGT5008 FGT5009 FGT5013 FGT5014 FGT5021 FGT5034 FGT5034.001 FGT5036 FGT5037 FGT5039 FGT5043 FGT5043.001',
  },
  {
    id: 'FGM1048',
    name: 'Application Isolation And Sandboxing',
    mitigates: 'FGT1611',
  },
  {
    id: 'FGM1049',
    name: 'Anti-virus & Anti-malware',
    mitigates: 'FGT1071.502 FGT1195.501 FGT1525 FGT5001 FGT5042',
  },
  {
    id: 'FGM1050',
    name: 'Exploit Protection',
    mitigates: 'FGT1190 FGT1203.501 FGT1499 FGT5029',
  },
  {
    id: 'FGM1051',
    name: 'Update Software',
    mitigates:
      'FGT1014 FGT1072 FGT1195 FGT1195.002 FGT1195.003 FGT1498.503 FGT1542.501 FGT1600.501 FGT1600.502 FGT5009.002 FGT5029',
  },
  {
    id: 'FGM1053',
    name: 'Data Backup',
    mitigates: 'FGT5004 FGT5004.001 FGT5004.002 FGT5039',
  },
  {
    id: 'FGM1054',
    name: 'Software Configuration',
    mitigates: 'FGT1040 FGT1199.501 FGT5004 FGT5004.001 FGT5004.002',
  },
  {
    id: 'FGM1056',
    name: 'Pre-compromise',
    mitigates:
      'FGT1557.501 FGT1564.501 FGT1583.501 FGT1583.502 FGT1587 FGT1587.501 FGT1588 FGT1588.002 FGT1588.501',
  },
  {
    id: 'FGM1057',
    name: 'Data Loss Prevention',
    mitigates: 'FGT1567.002',
  },
  {
    id: 'FGM1058',
    name: 'Antivirus/Antimalware',
    mitigates: 'FGT1203.502',
  },
  {
    id: 'FGM5001',
    name: 'Disable Malicious Transmitter',
    mitigates: 'FGT5035',
  },
  {
    id: 'FGM5002',
    name: 'Discard RAN Signaling Received Without Integrity Protection',
    mitigates: 'FGT1562.501 FGT1608.501',
  },
  {
    id: 'FGM5003',
    name: 'Cross Check Between Application Layer And Transport Layer',
    mitigates: 'FGT5003 FGT5011 FGT5027',
  },
  {
    id: 'FGM5004',
    name: 'Correctly Configure SMS Firewall',
    mitigates: 'FGT5002 FGT5012.007 FGT5012.008 FGT5019.005 FGT5019.006',
  },
  {
    id: 'FGM5005',
    name: 'Physical And Environmental Protection',
    mitigates: 'FGT1498.502 FGT5018 FGT5018.001 FGT5018.002 FGT5018.003 FGT5018.004',
  },
  {
    id: 'FGM5006',
    name: 'Restrictive User Profile',
    mitigates: 'FGT1040.501 FGT1562.501 FGT5009.001 FGT5012.002 FGT5019.002',
  },
  {
    id: 'FGM5007',
    name: 'Unlimited Data Plan',
    mitigates: 'FGT1499.501',
  },
  {
    id: 'FGM5008',
    name: 'Monitor Installed Applications For Data Usage',
    mitigates: 'FGT1499.501',
  },
  {
    id: 'FGM5010',
    name: 'Non-Persistent Services',
    mitigates: 'FGT5029',
  },
  {
    id: 'FGM5012',
    name: 'Slice ID Check',
    mitigates: 'FGT5012.005',
  },
  {
    id: 'FGM5013',
    name: 'Timely Updates To UE Status',
    mitigates: 'FGT5010',
  },
  {
    id: 'FGM5014',
    name: 'UE Location Plausibility',
    mitigates: 'FGT1499.502 FGT5010',
  },
  {
    id: 'FGM5019',
    name: 'Authorize External API Calls',
    mitigates: 'FGT1567.002 FGT5008 FGT5011 FGT5012.004 FGT5019.003',
  },
  {
    id: 'FGM5020',
    name: 'Secure Subscriber Repositories',
    mitigates: 'FGT5015 FGT5022',
  },
  {
    id: 'FGM5021',
    name: 'Increase RACH (Random Access Channel) Resources',
    mitigates: 'FGT1499.002',
  },
  {
    id: 'FGM5022',
    name: 'Proxy Home Network',
    mitigates: 'FGT5019.001',
  },
  {
    id: 'FGM5023',
    name: 'Periodic Authentication & Authorization Of NFs',
    mitigates: 'FGT1499.503 FGT1499.504 FGT5007 FGT5010 FGT5012.004 FGT5023',
  },
  {
    id: 'FGM5024',
    name: 'Integrity Protection Of Data Communication',
    mitigates:
      'FGT1040.502 FGT1048.501 FGT1195.501 FGT1498.002 FGT1557.503 FGT1557.504 FGT1565.002 FGT1572 FGT1642.501 FGT1642.502 FGT1642.503 FGT5004 FGT5004.001 FGT5004.002 FGT5009.001 FGT5009.002 FGT5012.006 FGT5012.007 FGT5016 FGT5023 FGT5026',
  },
  {
    id: 'FGM5033',
    name: 'Zero Trust',
    mitigates: 'FGT1040 FGT5020',
  },
  {
    id: 'FGM5088',
    name: 'Separate Repositories For Development And Production',
    mitigates: 'FGT1525',
  },
  {
    id: 'FGM5091',
    name: 'Mutual Authentication',
    mitigates: 'FGT1210 FGT5004 FGT5004.001 FGT5004.002 FGT5034 FGT5034.001',
  },
  {
    id: 'FGM5092',
    name: 'Warn User',
    mitigates: 'FGT1562.501',
  },
  {
    id: 'FGM5093',
    name: 'SUCI Parameter Checks',
    mitigates: 'FGT1499.502 FGT5040',
  },
  {
    id: 'FGM5094',
    name: 'Allocate New 5G Identifiers Judiciously',
    mitigates: 'FGT5012.003 FGT5021 FGT5027',
  },
  {
    id: 'FGM5095',
    name: 'TLS Certificate Check',
    mitigates: 'FGT1557.504',
  },
  {
    id: 'FGM5096',
    name: 'Disable UE Location Use',
    mitigates: 'FGT5012.002',
  },
  {
    id: 'FGM5097',
    name: 'Disable Acceptance Of A Less Secure System',
    mitigates: '',
  },
  {
    id: 'FGM5098',
    name: 'Reduce UE Usage',
    mitigates: 'FGT5012.001',
  },
  {
    id: 'FGM5099',
    name: 'Move UE Close To gNB',
    mitigates: 'FGT5012.001 FGT5035',
  },
  {
    id: 'FGM5100',
    name: 'Raise Height Of UE',
    mitigates: 'FGT5035',
  },
  {
    id: 'FGM5101',
    name: 'Isolate CDR Database',
    mitigates: 'FGT5017',
  },
  {
    id: 'FGM5102',
    name: 'Silent SMS Blocker',
    mitigates: 'FGT5019.006',
  },
  {
    id: 'FGM5500',
    name: 'Restrict Access To Operator OA&M Resources',
    mitigates: 'FGT1210 FGT1592.501',
  },
  {
    id: 'FGM5501',
    name: 'TLS Proxy/Firewalls With DPI On The SBA',
    mitigates: 'FGT1046.501',
  },
  {
    id: 'FGM5503',
    name: 'Increase Control Of Home Network For User Plane',
    mitigates: 'FGT5025',
  },
  {
    id: 'FGM5504',
    name: 'Resource Isolation In Virtualization Environment',
    mitigates: 'FGT1583',
  },
  {
    id: 'FGM5505',
    name: 'Hardware Mediated Execution Environment',
    mitigates: 'FGT1583 FGT1599.501 FGT1599.502 FGT5038',
  },
  {
    id: 'FGM5506',
    name: 'Network Slice Templates',
    mitigates: 'FGT1498.502 FGT1599.501 FGT1599.502 FGT5038',
  },
  {
    id: 'FGM5507',
    name: 'TEID Allocation',
    mitigates: 'FGT5031',
  },
  {
    id: 'FGM5509',
    name: 'Screen Signaling And User Plane Messages',
    mitigates:
      'FGT1059 FGT1498.501 FGT1498.503 FGT1499 FGT1499.002 FGT1499.505 FGT1572.501 FGT1572.502 FGT1599.505 FGT5020 FGT5028',
  },
  {
    id: 'FGM5512',
    name: 'Use High Availability',
    mitigates: 'FGT1498.502 FGT1498.503 FGT1499.505',
  },
  {
    id: 'FGM5513',
    name: 'Use DESS Security',
    mitigates: 'FGT5012.008 FGT5019.005',
  },
  {
    id: 'FGM5514',
    name: 'Minmize eNB Connections',
    mitigates: 'FGT5019.004',
  },
  {
    id: 'FGM5515',
    name: 'Move mIAB Node',
    mitigates: 'FGT5024',
  },
  {
    id: 'FGM5516',
    name: 'Session Lifetime',
    mitigates: 'FGT1210 FGT5034',
  },
  {
    id: 'FGM5517',
    name: 'Use Obfuscation At Application Layer',
    mitigates: 'FGT1040.501',
  },
  {
    id: 'FGM5518',
    name: 'Resource Policy Enforcement',
    mitigates: 'FGT1498.502',
  },
  {
    id: 'FGM5519',
    name: 'Integrate Performance And Change Management',
    mitigates: 'FGT1195.502',
  },
  {
    id: 'FGM5520',
    name: 'Use SBOM',
    mitigates: 'FGT1195.002',
  },
  {
    id: 'FGM5540',
    name: 'Power Supplies',
    mitigates: 'FGT5018.001',
  },
  {
    id: 'FGM5541',
    name: 'Risk Modeling',
    mitigates: 'FGT1499',
  },
  {
    id: 'FGM5542',
    name: 'Application Layer Firewall',
    mitigates: 'FGT1036.502 FGT1071.501 FGT1205 FGT5044',
  },
];

/**
 * The mitigations of MITRE FiGHT 3.0.1 by ids and names, and the techniques that they help against: what the source says of the mitigation,
 * of the technique and of what it adds to a technique of ATT&CK, together. Two of them are called Audit.
 */
export const fightMitigations: readonly Mitigation[] = table.map(({ id, name, mitigates }) => ({
  id,
  name,
  mitigates: mitigates.split(' ').filter((one) => one !== ''),
}));
