import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '../config/config.ts';

/** Where a certificate with its chain, and its key, stand as PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate that fits its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** When it ends, in milliseconds since 1970. */
  readonly ends: number;
}

/** Reads the files. Throws ConfigError, which names the file and what is wrong, and shows nothing of the key. */
export function readCertificate(files: CertificateFiles): Certificate {
  const read = (variable: string, file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new ConfigError(`${variable}: ${file} cannot be read`, { cause });
    }
  };
  return parseCertificate(files, {
    cert: read('BELLTOWER_TLS_CERT', files.certificate),
    key: read('BELLTOWER_TLS_KEY', files.key),
  });
}

interface Watch {
  readonly files: CertificateFiles;
  readonly first: Certificate;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly changed: (certificate: Certificate) => void;
  /** Hears once of files that cannot be used; between two writes that is to be expected for a moment. */
  readonly refused: (error: unknown) => void;
}

/**
 * Looks at the files now and then, until it is disposed of. It compares what stands in them: how a renewed certificate is put in
 * place (written over, renamed, a link that is turned) differs too much for the notices of file systems.
 */
export function watchCertificate({ files, first, every, changed, refused }: Watch): Disposable {
  let seen = first.cert + first.key;
  const look = async () => {
    const [cert, key] = await Promise.all([readFile(files.certificate, 'utf8'), readFile(files.key, 'utf8')]);
    if (cert + key === seen) return;
    seen = cert + key;
    changed(parseCertificate(files, { cert, key }));
  };
  let unreadable = false;
  const timer = setInterval(() => {
    look().then(
      () => {
        unreadable = false;
      },
      (error: unknown) => {
        // Told once, not at every look: what cannot be used has been remembered, what cannot be read has not.
        if (error instanceof ConfigError || !unreadable) refused(error);
        unreadable = !(error instanceof ConfigError);
      },
    );
  }, every);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function parseCertificate(
  files: CertificateFiles,
  { cert, key }: { readonly cert: string; readonly key: string },
): Certificate {
  const certificate = parse(`BELLTOWER_TLS_CERT: ${files.certificate} holds no certificate in PEM`, () => {
    createSecureContext({ cert });
    return new X509Certificate(cert);
  });
  const wrongKey = `BELLTOWER_TLS_KEY: ${files.key} holds no private key in PEM without a passphrase`;
  const privateKey = parse(wrongKey, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw new ConfigError(
      `BELLTOWER_TLS_KEY: ${files.key} is not the key of the certificate in ${files.certificate}`,
    );
  return { cert, key, ends: Date.parse(certificate.validTo) };
}

function parse<Value>(problem: string, work: () => Value): Value {
  try {
    return work();
  } catch {
    // Without the cause: it could show what stands in the file.
    throw new ConfigError(problem);
  }
}
