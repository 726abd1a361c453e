import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { Audience } from "../entra/audience";
import { IApimBackend } from "./backend";
import { FlexFunctionAppBackend, FlexFunctionAppProps } from "./flex-function-app";
import { FunctionAppBackend, FunctionAppProps } from "./function-app";
import { OwnAppBackend } from "./own-app";
import { OwnAppProps } from "./own-app-props";
import {
  OwnLinuxFunctionAppProps,
  OwnLinuxWebAppProps,
  OwnWindowsFunctionAppProps,
  OwnWindowsWebAppProps,
} from "./own-app-slots";
import * as own from "./private/own-app-kind";
import { UrlBackend } from "./url";
import { WebAppBackend, WebAppProps } from "./web-app";
import { WindowsFunctionAppBackend } from "./windows-function-app";
import { WindowsWebAppBackend } from "./windows-web-app";

/** The backends that a gateway can call. Each is bound to one `SecureApimBackend`. */
export class Backend {
  /**
   * A Linux function app, made here: dedicated or elastic premium plan, own identity on its storage, nobody let in but the
   * gateway. Give HTTP triggers the authorization level `anonymous`.
   */
  public static functionApp(props: FunctionAppProps): FunctionAppBackend {
    return new FunctionAppBackend(props);
  }

  /**
   * A Windows function app, made here: dedicated or elastic premium plan, own identity on its storage, nobody let in but the
   * gateway. Give HTTP triggers the authorization level `anonymous`.
   */
  public static windowsFunctionApp(props: FunctionAppProps): WindowsFunctionAppBackend {
    return new WindowsFunctionAppBackend(props);
  }

  /**
   * A function app on Flex Consumption, made here: own identity on its storage, nobody let in but the gateway. Give HTTP
   * triggers the authorization level `anonymous`. With azurerm 4.55 every plan shows a change of its `app_settings` that
   * changes nothing: `FlexFunctionAppBackend` says why.
   */
  public static flexFunctionApp(props: FlexFunctionAppProps): FlexFunctionAppBackend {
    return new FlexFunctionAppBackend(props);
  }

  /** A Linux web app, made here: dedicated plan, nobody let in but the gateway. */
  public static webApp(props: WebAppProps): WebAppBackend {
    return new WebAppBackend(props);
  }

  /** A Windows web app, made here: dedicated plan, nobody let in but the gateway. */
  public static windowsWebApp(props: WebAppProps): WindowsWebAppBackend {
    return new WindowsWebAppBackend(props);
  }

  /**
   * Your own `LinuxFunctionApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have
   * none of their own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromLinuxFunctionApp(app: LinuxFunctionApp, props?: OwnLinuxFunctionAppProps): IApimBackend {
    return new OwnAppBackend(own.OWN_LINUX_FUNCTION_APP, app, props, props?.slots);
  }

  /**
   * Your own `WindowsFunctionApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they
   * have none of their own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromWindowsFunctionApp(app: WindowsFunctionApp, props?: OwnWindowsFunctionAppProps): IApimBackend {
    return new OwnAppBackend(own.OWN_WINDOWS_FUNCTION_APP, app, props, props?.slots);
  }

  /**
   * Your own `FunctionAppFlexConsumption` object, which has no slots. Its Entra sign-in is set, and nothing else on it; that it
   * has none of its own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it
   */
  public static fromFlexFunctionApp(app: FunctionAppFlexConsumption, props?: OwnAppProps): IApimBackend {
    return new OwnAppBackend(own.OWN_FLEX_FUNCTION_APP, app, props);
  }

  /**
   * Your own `LinuxWebApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have none
   * of their own yet is checked.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromLinuxWebApp(app: LinuxWebApp, props?: OwnLinuxWebAppProps): IApimBackend {
    return new OwnAppBackend(own.OWN_LINUX_WEB_APP, app, props, props?.slots);
  }

  /**
   * Your own `WindowsWebApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have
   * none of their own yet is checked.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromWindowsWebApp(app: WindowsWebApp, props?: OwnWindowsWebAppProps): IApimBackend {
    return new OwnAppBackend(own.OWN_WINDOWS_WEB_APP, app, props, props?.slots);
  }

  /**
   * Anything that answers at an address and accepts Entra tokens: that it refuses everything else is up to whoever runs it.
   *
   * @param url `https://` address without credentials, query or fragment
   * @param audience for whom the token is
   */
  public static url(url: string, audience: Audience): IApimBackend {
    return new UrlBackend(url, audience);
  }

  private constructor() {}
}
