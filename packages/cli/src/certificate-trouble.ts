/** Why a certificate is not taken, in words that follow on "The certificate". */
export interface CertificateTrouble {
  readonly says: string;
  readonly advice: string;
}

/** Codes of OpenSSL for a certificate that no authority known here stands for. */
const untrusted: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What the code of a failed handshake means; undefined where it is not about trust, name or time. */
export function certificateTrouble(code: string): CertificateTrouble | undefined {
  if (untrusted.has(code)) {
    return {
      says: `is not trusted here (${code})`,
      advice: 'Serve the whole chain, or trust its authority here with NODE_EXTRA_CA_CERTS=FILE.',
    };
  }
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { says: 'is for another name', advice: 'Use the name that the certificate is for.' };
    case 'CERT_HAS_EXPIRED':
      return { says: 'has ended', advice: 'The operator of the node has to renew it.' };
    case 'CERT_NOT_YET_VALID':
      return { says: 'is not valid yet', advice: "Is this machine's clock right?" };
    default:
      return undefined;
  }
}
