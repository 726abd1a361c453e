import { PublishedApiProps } from "./published-api-props";

/** What every API that is made here has. */
export interface NewApiProps extends PublishedApiProps {
  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root.
   *
   * @default - that of the version set, if the API is a version of one; else the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Title that consumers see.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}
