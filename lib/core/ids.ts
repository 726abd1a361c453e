/** A client ID, object ID or role ID. */
export const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One tenant of Entra ID: its GUID or one of its domains, and none of `common`, `organizations` and `consumers`. */
export const TENANT = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(?:[.][a-z0-9-]+)+)$/i;
