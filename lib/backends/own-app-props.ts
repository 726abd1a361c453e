import { IAppRegistration } from "../entra/registration";
import { AnonymousPaths } from "./anonymous-paths";

/** How to call an app of your own. */
export interface OwnAppProps {
  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Paths that answer to everybody, without signing in, for probes that can send no token; slots have the same.
   *
   * @default - none; App Service's own health check needs none
   */
  readonly anonymousPaths?: AnonymousPaths;

  /**
   * Path on the app that API paths are appended to; empty for none.
   *
   * @default - "api" for a function app, as `host.json` has it; none for a web app
   */
  readonly routePrefix?: string;
}
