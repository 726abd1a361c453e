import { IAppRegistration } from "../entra/registration";

/** How to call an app of your own. */
export interface OwnAppProps {
  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Path on the app that API paths are appended to; empty for none.
   *
   * @default - "api" for a function app, as `host.json` has it; none for a web app
   */
  readonly routePrefix?: string;
}
