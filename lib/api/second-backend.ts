import { Construct } from "constructs";
import { errorAtUser, finding } from "../core/fail";

/** Refuses an API that exists without the library, if another backend has it: a second policy would overwrite the first. */
export function refuseSecondBackend({ node }: Construct, api: string, holder: string): never {
  throw errorAtUser(`[${node.path}] ${securedTwice(api, holder)}`);
}

/** What is wrong with an API that two constructs secure. */
export function securedTwice(api: string, holder: string): string {
  return finding(
    "api-secured-twice",
    `The API "${api}" is already that of "${holder}", and an API has one policy.`,
    "For several backends of one API, write branches on one SecureApimBackend. For two APIs, give them two names.",
  );
}
