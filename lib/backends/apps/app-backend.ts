import { IApimBackend } from "../backend";

/**
 * An app that is created with its backend. Its name, ids and identity can be used at any time. The resources, such as `app`,
 * exist once the backend was passed to a `SecureApimBackend`; reading them earlier is an error.
 */
export interface IAppBackend extends IApimBackend {
  /** Name of the app. */
  readonly appName: string;

  /** Azure resource ID of the app. */
  readonly appId: string;

  /** Object ID of the app's system-assigned identity, for roles on the resources that the app uses. */
  readonly principalId: string;
}
