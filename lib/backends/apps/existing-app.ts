import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { isOfAzureResource } from "../../azure/computed";
import { matchesAtPlan } from "../../core/at-plan";
import { checkLazy } from "../../core/at-synth";
import { claim } from "../../core/claims";
import { conditionMessage, fail } from "../../core/fail";
import { requireAtPlan } from "../../core/guard";
import { requireOnly } from "../../core/property-names";
import { expressionOf, isToken } from "../../core/tokens";
import { registrationOf } from "../../entra/registration-of";
import { Audience } from "../../entra/audience";
import { IAppRegistration } from "../../entra/registration";
import { PolicyDocument } from "../../policy/policy-document";
import { IApimBackend } from "../backend";
import { OpaqueBackend, failLockedTwice } from "../bound";
import { APP_OPTIONS } from "./app-options";
import { factoryOfType } from "./own-app";
import { checkedSignIn, SignIn } from "./sign-in/sign-in";
import { lockSite } from "./sign-in/site-sign-in";
import { noteLocked } from "./sign-in/slot-survey";

/** How the gateway calls an app that another Terraform state owns. */
export interface ExistingAppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;

  /**
   * Name that Entra ID shows for the new registration; 1 to 120 characters.
   *
   * @default - the stack and the construct id, for example `production/orders`
   */
  readonly registrationName?: string;

  /**
   * Whether requests without a token reach the app, while its callers move from keys to tokens.
   *
   * @default SignIn.REQUIRED
   */
  readonly signIn?: SignIn;
}

/** Fits Terraform's syntax as well. */
const SITE_ID = /^[/]subscriptions[/][^/]+[/]resourceGroups[/][^/]+[/]providers[/]Microsoft[.]Web[/]sites[/][^/]+$/i;

/** Reference to an app or slot that azurerm manages in the same stack. A data source does not match. */
const MANAGED_APP =
  /(?<![\w.])(azurerm_(?:(?:linux|windows)_(?:function|web)_app(?:_slot)?|function_app_flex_consumption|logic_app_standard))\.[\w-]+/;

/** The ID of one resource or data source of azurerm, and nothing else. */
const ONE_ID = /^\$\{((?:data\.)?(azurerm_\w+)\.[\w-]+)(?:\[[^\]]*\])?\.id\}$/;

/** The data sources that read an app of App Service. */
const SITE_TYPES = "(?:linux|windows)_(?:function|web)_app|logic_app_standard|app_service|function_app";
const SITE_TYPE = new RegExp(`^azurerm_(?:${SITE_TYPES})$`);

/** See `Backend.existingApp`. */
export function existingApp(siteId: string, url: string, props: ExistingAppOptions = {}): IApimBackend {
  return new OpaqueBackend("Backend.existingApp", (scope, options) => {
    const example = "Backend.existingApp(siteId, url, { registration })";
    const names = { ...APP_OPTIONS, signIn: true } as const;
    requireOnly<ExistingAppOptions>(scope, "Backend.existingApp", props, { names, example });
    checkSiteId(scope, siteId);
    refuseReference(scope, siteId);
    const lockedBy = claim(scope.node.root, "site", siteId, scope);
    if (lockedBy !== undefined) failLockedTwice(scope, siteId, lockedBy);

    noteLocked(scope, "*");
    const registration = registrationOf(scope, props, options.defaultName);
    const phase = checkedSignIn(scope, props.signIn);
    const signIn = lockSite(scope, siteId, registration, phase);
    requireAtPlan(signIn, siteConditions(scope, siteId));
    return {
      url,
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [signIn],
      _withoutToken: !phase._sendsToken,
    };
  });
}

/** Refuses the ID of an app that has a factory of its own, and the ID of anything that is not an app of App Service. */
function refuseReference(scope: Construct, siteId: string): void {
  const expression = isToken(siteId) ? expressionOf(scope, siteId) : undefined;
  const [ownApp, ownType] = expression?.match(MANAGED_APP) ?? [];
  if (ownApp !== undefined && ownType !== undefined) {
    const factory = factoryOfType(ownType);
    fail(
      scope,
      "existing-app-declared-here",
      `Backend.existingApp received the ID of ${ownApp}, which this stack declares. At each apply, azurerm could remove the sign-in that ` +
        `azapi sets.`,
      ownType.endsWith("_slot")
        ? `Write Backend.${factory}(app, { slots: [slot] }) with your objects.`
        : `Write Backend.${factory}(app) with your object.`,
    );
  }
  const [, resource, type] = expression?.match(ONE_ID) ?? [];
  if (resource === undefined || SITE_TYPE.test(type)) return;
  const factory = factoryOfType(type);
  fail(
    scope,
    "not-an-app-service-site",
    `Backend.existingApp received the ID of ${resource}, which is not an App Service or Functions app.`,
    factory && !resource.startsWith("data.")
      ? `Write Backend.${factory}(app) with your object.`
      : 'Pass the ID of an app of App Service. For any other app, write Backend.url("https://...", audience).',
  );
}

const SITE_ID_REMEDY =
  'Write the ID that Azure shows under "Resource ID", without a slot: ' +
  '"/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>".';

function checkSiteId(scope: Construct, siteId: string): void {
  checkLazy(scope, siteId, (literal) => checkSiteId(scope, literal));
  if (!isToken(siteId) && !SITE_ID.test(siteId))
    fail(
      scope,
      "invalid-site-id",
      `"${siteId}" is not the resource ID of an App Service or Functions app.`,
      SITE_ID_REMEDY,
    );
}

/** What Terraform has to check of the ID of an app that only it knows. */
function siteConditions(scope: Construct, siteId: string): Precondition[] {
  if (!isToken(siteId) || isOfAzureResource(scope, siteId, SITE_TYPES)) return [];
  return [
    {
      condition: matchesAtPlan(siteId, SITE_ID),
      errorMessage: conditionMessage(
        "site-id-at-plan",
        "The ID of the existing app must be the resource ID of an App Service or Functions app, or another resource would be changed.",
        SITE_ID_REMEDY,
      ),
    },
  ];
}
