/** How a client says who it is: a Belltower token, or a name and a password for TAXII servers that know no other. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string };

/** The value of `Authorization` (RFC 6750 §2.1, RFC 7617 §2). */
export function authorization(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'bearer':
      return `Bearer ${credentials.token}`;
    case 'basic': {
      const bytes = new TextEncoder().encode(`${credentials.user}:${credentials.password}`);
      return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
    }
  }
}
