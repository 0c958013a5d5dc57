/** Where the data stands. */
export type StorageLocation =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      /** The schema that holds the tables; it must exist. Without it: the first of the database's own search path. */
      readonly schema?: string;
      /** Connections that read, and as many that write; 10 unless told. */
      readonly poolSize?: number;
    };
