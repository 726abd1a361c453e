import { Annotations } from "cdktf";
import { Construct } from "constructs";
import type { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { LOGIC_APP_DOORS, warnOfOpenDoors } from "../../azure/user-resource";
import { requireOnly } from "../../core/property-names";
import { registrationOf } from "../../entra/registration-of";
import { Audience } from "../../entra/audience";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/set-header";
import { IApimBackend } from "../backend";
import { OpaqueBackend } from "../bound";
import { APP_OPTIONS } from "./app-options";
import { claimOwnApp, requireOwnApp } from "./own-app";
import { forbidBeside } from "./sign-in/beside-app";
import { checkedSignIn, MovedAppOptions } from "./sign-in/sign-in";
import { lockSite } from "./sign-in/site-sign-in";
import { appUrl } from "./site";

/** How the gateway calls your logic app. */
export interface DeclaredLogicAppOptions extends MovedAppOptions {
  /**
   * Path on the app to which API paths are appended, `extensions.http.routePrefix` in `host.json`; an empty string for none.
   *
   * @default "api"
   */
  readonly routePrefix?: string;
}

/**
 * Triggers refuse requests without a version.
 *
 * @see https://learn.microsoft.com/azure/connectors/connectors-native-reqres
 */
const TRIGGER_VERSION = PolicyDocument.of(
  PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("2022-05-01"), {
    existsAction: ExistsAction.SKIP,
  }),
);

/** See `Backend.fromLogicAppStandard`. */
export function ownLogicApp(app: LogicAppStandard, options: DeclaredLogicAppOptions = {}): IApimBackend {
  return new OpaqueBackend("Backend.fromLogicAppStandard", (scope, { defaultName }) => {
    const example = "Backend.fromLogicAppStandard(app, { registration })";
    requireOnly<DeclaredLogicAppOptions>(scope, "Backend.fromLogicAppStandard", options, {
      names: { ...APP_OPTIONS, routePrefix: true, signIn: true },
      example,
    });
    requireOwnApp(scope, "fromLogicAppStandard", app, ["putSiteConfig"]);
    claimOwnApp(scope, app);
    warnOfOpenDoors(app, LOGIC_APP_DOORS);
    const phase = checkedSignIn(scope, options.signIn);
    if (!phase._isOpen) noteRunHistory(scope, app);
    const registration = registrationOf(scope, options, defaultName);
    const signIn = lockSite(scope, app.id, registration, phase, app.node.path);
    forbidBeside(scope, app, signIn);
    return {
      url: appUrl(scope, app.defaultHostname, options.routePrefix ?? "api"),
      audience: Audience.registration(registration),
      policy: TRIGGER_VERSION,
      dependencies: [app, signIn],
      _withoutToken: !phase._sendsToken,
    };
  });
}

/**
 * The portal calls the runtime of the app without a token of the app.
 *
 * @see https://github.com/Azure/logicapps/issues/1324
 */
function noteRunHistory(scope: Construct, { node }: LogicAppStandard): void {
  Annotations.of(scope).addInfo(
    `The Azure portal can no longer show the run history of the logic app "${node.path}", or run its workflows, because the portal ` +
      "sends no token of a listed caller. Look at runs in Application Insights. A shared access signature (SAS) alone no longer starts " +
      "a workflow. Disable SAS on the app as well.",
  );
}
