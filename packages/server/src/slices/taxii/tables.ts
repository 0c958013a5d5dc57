/** Tables of this slice; nobody else declares them. */
export type TaxiiTables = {
  taxii_status: {
    id: string;
    /** Name of the API root. */
    root: string;
    collection_id: string;
    /** The organisation that made the request. */
    organisation_id: string;
    /** Microseconds; when the request had been carried out. */
    finished: number;
    /** The status resource as JSON. */
    resource: string;
  };
};
