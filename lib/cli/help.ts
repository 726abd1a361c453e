import { SERVICE_KEY_NAMES } from "../policy/subscription-key-names";

/** What `--help` prints. */
export const HELP = `Puts the policies of a secured backend into API Management policy documents that you already have.

Usage:
  cdktf-secure-apim-backend policy check FILE|DIR... [options]
  cdktf-secure-apim-backend policy merge FILE --audience GUID|URI [options]

policy check
  Says for each document whether it can be merged, what would be inserted where (line:column), and which conflicts stand in
  the way. Directories are searched for *.xml. Nothing is written. A backend entity is taken to be called unless --own-address
  says otherwise, and no audience is needed.

policy merge
  Prints the merged document. Nothing of yours is lost or moved, and a second merge replaces what the first one inserted.

Both:
  --audience GUID|URI        client id or application id URI of the backend's app registration
  --client-id GUID           client id of the gateway's user-assigned identity
                             (default: the gateway's system-assigned identity)
  --backend-id NAME          backend entity to call (default of merge: the address that the API itself has)
  --own-address              call the address that the API itself has
  --keep CONFLICT            leave an existing policy, such as BACKEND, as it is; may be repeated
  --replace CONFLICT         remove an existing policy in favour of ours; may be repeated
  --key-header NAME          header with the subscription key (default: ${SERVICE_KEY_NAMES.header})
  --key-query NAME           query parameter with the subscription key (default: ${SERVICE_KEY_NAMES.query})
  --json                     print one JSON object
  --help                     print this

Exit codes:
  0  every document can be merged
  1  a conflict stands in the way of at least one document
  2  the command was written wrongly, or a file cannot be opened
  3  at least one document cannot be read
`;
