import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IAppRegistration } from "../../entra/registration";

/**
 * What every app has, whoever created it.
 *
 * @internal
 */
export interface AppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;
}

/**
 * What every created app has.
 *
 * @internal
 */
export interface CreatedAppProps extends AppOptions {
  /** Resource group of the app and of the resources that are created for it. */
  readonly resourceGroup: IResourceGroupRef;

  /**
   * Azure tags of the app.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}
