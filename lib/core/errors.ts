import { Construct } from "constructs";
import type { NameRule } from "./names";

/*
 * Every message of the library. A function that takes a scope makes an error to throw, which names the construct itself;
 * one that takes none makes the text of a finding at synth or plan, to which cdktf or Terraform adds the construct.
 */

/** An error at a construct. */
export function at(scope: Construct, message: string): Error {
  return new Error(`[${scope.node.path}] ${message}`);
}

// Names and literals

export function invalidName(scope: Construct, rule: NameRule, value: string, suggestion?: string): Error {
  const instead = suggestion !== undefined && rule.pattern.test(suggestion) ? ` Write "${suggestion}" instead.` : "";
  return at(scope, `The ${rule.what} "${value}" is refused by Azure, which accepts ${rule.allowed}.${instead}`);
}

export function idWithoutName(scope: Construct): Error {
  return at(
    scope,
    `No name can be made of the construct id "${scope.node.id}", which has neither letters nor digits. ` +
      `Write an id such as "Orders".`,
  );
}

export function tokenForLiteral(scope: Construct, what: string): Error {
  return at(
    scope,
    `A literal is needed for ${what}, but it is a value that only Terraform knows. ` +
      `Write the text itself, not a variable or an attribute of a resource.`,
  );
}

export function missingReason(scope: Construct, call: string, before = ""): Error {
  return at(
    scope,
    `${call} was given an empty reason. Write who decided it and where that can be read, ` +
      `for example ${call}(${before}"agreed with the security team, see ADR 12").`,
  );
}

export function numberNotInRange(
  scope: Construct,
  what: string,
  given: string,
  kind: string,
  min: number,
  max: number,
): Error {
  return at(scope, `${what} is ${given}. Write a ${kind} from ${min} to ${max}.`);
}

// Binding

const SECOND_API =
  "To put a second API in front of the same backend, write Backend.url(first.backendUrl, " +
  "Audience.registration(first.registration)), where first is that SecureApimBackend.";

export function backendBoundTwice(scope: Construct, factory: string, first: string): Error {
  return at(
    scope,
    `This ${factory}(...) was already bound at "${first}", and what it makes exists once. ` +
      `Call ${factory}(...) again for another one. ${SECOND_API}`,
  );
}

export function callBoundTwice(scope: Construct, factory: string, first: string): Error {
  return at(
    scope,
    `This ${factory}(...) was already bound at "${first}", and is bound to one API. Call ${factory}(...) again, with the same ` +
      `arguments, for another API.`,
  );
}

export function surfaceBoundTwice(scope: Construct, factory: string, first: string): Error {
  return at(
    scope,
    `This ${factory}(...) was already bound at "${first}", and the API that it makes exists once. ` +
      `Call ${factory}(...) again for another one.`,
  );
}

export function neverBound(factory: string): Error {
  return new Error(
    `An attribute of a ${factory}(...) is used, but nothing made it. ` +
      `Pass it to a SecureApimBackend: new SecureApimBackend(this, "Orders", { gateway, backend }).`,
  );
}

export function pathTaken(scope: Construct, path: string, gateway: string, holder: string): Error {
  return at(
    scope,
    `The path "${path}" on the gateway "${gateway}" is taken by "${holder}". ` +
      `Write another one: surface: ApiSurface.wildcard({ path: "..." }).`,
  );
}

export function apiNameTaken(scope: Construct, name: string, gateway: string, holder: string): Error {
  return at(
    scope,
    `The API name "${name}" on the gateway "${gateway}" is taken by "${holder}". ` +
      `Write another one: surface: ApiSurface.wildcard({ apiName: "..." }).`,
  );
}

export function backendNameTaken(scope: Construct, name: string, gateway: string, holder: string): Error {
  return at(
    scope,
    `The backend entity "${name}" on the gateway "${gateway}" is taken by "${holder}". Its name is made of the API name: ` +
      `write another one: surface: ApiSurface.wildcard({ apiName: "..." }).`,
  );
}

export function nameTakenOnGateway(
  scope: Construct,
  what: string,
  name: string,
  gateway: string,
  holder: string,
  property: string,
): Error {
  return at(
    scope,
    `The ${what} "${name}" on the gateway "${gateway}" is taken by "${holder}". Write another name: ${property}: "...".`,
  );
}

export function invalidBranchName(scope: Construct, name: string): Error {
  return at(scope, `The branch name "${name}" is not in kebab-case. Write one such as "orders-v2".`);
}

export function branchNameTaken(scope: Construct, name: string): Error {
  return at(scope, `There are two branches named "${name}". Write another name for one of them.`);
}

export function branchWithWrittenPolicy(scope: Construct, branch: string): Error {
  return at(
    scope,
    `The backend of the branch "${branch}" brings a whole policy document, of which no part can stand in a branch. ` +
      `Write PolicyDocument.of(...statements) in its bind.`,
  );
}

export function branchNeedsOtherSection(scope: Construct, branch: string, section: string): Error {
  return at(
    scope,
    `The backend of the branch "${branch}" needs a statement in the ${section} section, where no branch can be told from the ` +
      `others. Write a SecureApimBackend of its own for it.`,
  );
}

// API

export function noMethods(scope: Construct): Error {
  return at(
    scope,
    "An API without methods can be called by nobody. Write at least one, or leave methods out for all of them.",
  );
}

export function optionsAmongMethods(scope: Construct): Error {
  return at(
    scope,
    `OPTIONS is opened by a named call: ApiSurface.wildcard({ ... }).passThroughOptions("why"). Leave it out of methods.`,
  );
}

export function noOperations(scope: Construct): Error {
  return at(
    scope,
    `An API without operations can be called by nobody. ` +
      `Write ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }]).`,
  );
}

export function operationTaken(scope: Construct, operationId: string): Error {
  return at(scope, `There are two operations "${operationId}". Write another operationId for one of them.`);
}

export function sameRequests(scope: Construct, operation: string, other: string): Error {
  return at(scope, `The operation "${operation}" takes the same requests as "${other}". Remove one of them.`);
}

export function invalidUrlTemplate(scope: Construct, urlTemplate: string): Error {
  return at(
    scope,
    `The URL template "${urlTemplate}" is no path with parameters. Write one such as "/orders/{id}", with a slash first, and ` +
      `without query, fragment and spaces.`,
  );
}

export function parameterTwice(scope: Construct, urlTemplate: string, parameter: string): Error {
  return at(
    scope,
    `The URL template "${urlTemplate}" has the parameter "${parameter}" twice. Write another name for one of them.`,
  );
}

// Policy

export function refusedPolicy(scope: Construct, message: string): Error {
  return at(scope, message);
}

export function policyChanged(policy: string): string {
  return (
    `The policy "${policy}" was changed after it was composed: the API could be open, or the backend get no token. Remove what ` +
    `changes xml_content on it (xmlContent, addOverride, an aspect), and write policy: PolicyDocument... on the SecureApimBackend.`
  );
}

export function fragmentChanged(fragment: string): string {
  return (
    `The policy fragment "${fragment}" was changed after it was composed: the backend could get no token. Remove what changes value or ` +
    `format on it (addOverride, an aspect), and write policy: PolicyDocument.of(...) on the SecurePolicyFragment.`
  );
}

export function backendEntityChanged(entity: string): string {
  return (
    `The backend entity "${entity}" was changed after it was made: the gateway's token could go somewhere else, or over a connection that ` +
    `nobody checks. Remove what changes url, tls, protocol or credentials on it (addOverride, an aspect), and give the backend ` +
    `its address where it is made: Backend.url("https://...", audience).`
  );
}

export function apiChanged(api: string): string {
  return (
    `The API "${api}" was changed after it was made: it could be open, or take plain HTTP. Remove what changes protocols, service_url, ` +
    `subscription_required or subscription_key_parameter_names on it (addOverride, an aspect), and write it on the surface: ` +
    `.withoutSubscriptionKey("why"), subscriptionKeyNames.`
  );
}

export function policyIgnored(policy: string): string {
  return (
    `The policy "${policy}" has xml_content in lifecycle.ignoreChanges: Terraform would leave it as it is now, whatever it lets ` +
    `in. Take it out of ignoreChanges; in place of "all", name the attributes to ignore.`
  );
}

export function policyNotOnConsumption(scope: Construct, policy: string, place: string): Error {
  return at(
    scope,
    `The policy ${policy} (${place}) does not exist on the Consumption tier. ` +
      `Write another tier, for example sku: ApimSku.BASIC_V2, or PolicyStatement.rateLimit, which counts by subscription.`,
  );
}

export function policyPerhapsNotOnSku(policy: string, place: string): string {
  return (
    `The policy ${policy} (${place}) does not exist on the Consumption tier, and the tier of this gateway is not known here. ` +
    `On Consumption the policy will be refused at apply.`
  );
}

export function corsWithOptions(scope: Construct, place: string): Error {
  return at(
    scope,
    `The cors policy (${place}) answers no preflight requests while the API has an OPTIONS operation. ` +
      `Remove passThroughOptions(...) from the surface, or leave cors to the backend and remove the policy.`,
  );
}

export function callerIdentityWithoutToken(scope: Construct, variable: string): Error {
  return at(
    scope,
    `PolicyStatement.forwardCallerIdentity reads the validated token from the variable "${variable}", and nothing before it in ` +
      `the inbound section validates a token into it. Write PolicyStatement.requireEntraToken(...) or requireJwt(...) beside it, ` +
      `or output-token-variable-name="${variable}" on your own validation. Where a parent policy validates, write ` +
      `PolicyStatement.forwardInheritedCallerIdentity("${variable}", "why").`,
  );
}

// Gateway

export function unknownSku(scope: Construct, tier: string, tiers: string[]): Error {
  return at(scope, `There is no API Management tier "${tier}". Write one of ${tiers.join(", ")}.`);
}

export function skuUnitsOutOfRange(
  scope: Construct,
  tier: string,
  units: number,
  range: { readonly min: number; readonly max: number },
): Error {
  const instead =
    range.min === range.max
      ? `ApimSku.of("${tier}", ${range.min})`
      : `ApimSku.of("${tier}", n) where n is a whole number from ${range.min} to ${range.max}`;
  return at(scope, `The API Management tier ${tier} cannot have ${units} units. Write ${instead}.`);
}

export function declaredGatewayWithoutIdentity(service: string, type: string, wanted: string): string {
  const has = type === "" ? "no managed identity" : `an identity of type "${type}" only`;
  const both = type === "" ? wanted : "SystemAssigned, UserAssigned";
  const ids = both === "SystemAssigned" ? "" : ", identityIds: [identity.id]";
  const identity = `identity: { type: "${both}"${ids} }`;
  return `The ApiManagement object "${service}" has ${has}, and cannot get tokens for its backends. Write ${identity} on it.`;
}

export function declaredGatewayWithoutThatIdentity(service: string, identityId: string): string {
  return (
    `The ApiManagement object "${service}" does not have the user-assigned identity "${identityId}", and cannot get tokens ` +
    `with it. Add it to identityIds on it.`
  );
}

export function providerOfAnotherStack(scope: Construct, gateway: string, provider: string): Error {
  return at(
    scope,
    `The gateway "${gateway}" is reached with the provider "${provider}" of another stack, which this stack cannot use. Write a ` +
      `provider in this stack, and ApimGateway.fromExisting(this, "Gateway", { apimName, resourceGroupName, provider }).`,
  );
}

export function gatewayWithoutSystemAssignedIdentity(): string {
  return (
    'API Management "${self.name}" has no system-assigned managed identity, and cannot get tokens for its backends. ' +
    "Switch it on (portal: Security > Managed identities > System assigned), or write " +
    "identity: GatewayIdentity.userAssigned(...) with a user-assigned identity that the service has."
  );
}

export function gatewayWithoutUserAssignedIdentity(identityId: string): string {
  return (
    `API Management "\${self.name}" does not have the user-assigned identity ${identityId}, and cannot get tokens with it. ` +
    "Add it (portal: Security > Managed identities > User assigned), or name one that the service has."
  );
}

// Entra ID

export function callerWithoutLabel(scope: Construct): Error {
  return at(
    scope,
    "A caller whose ids only Terraform knows needs a literal label to be told from the others. " +
      'Write Caller.servicePrincipal(objectId, "nightly-job") or Caller.managedIdentity(identity, "nightly-job").',
  );
}

export function callerLabelTaken(scope: Construct, label: string): Error {
  return at(
    scope,
    `Two different callers have the label "${label}". Write another label for one of them: ` +
      `Caller.servicePrincipal(objectId, "...").`,
  );
}

export function invalidObjectId(scope: Construct, objectId: string): Error {
  return at(
    scope,
    `"${objectId}" is no object id of a service principal. Write the GUID that Entra ID shows as "Object ID" of the enterprise ` +
      `application, not its name.`,
  );
}

export function registrationForBoth(scope: Construct, registration: string, other: string): Error {
  return at(
    scope,
    `The registration "${registration}" stands for an app and for an API towards its callers (the other place is "${other}"): ` +
      `the callers of the API could reach the app directly. Write a registration of its own for one of them.`,
  );
}

export function invalidRoleScope(scope: Construct, roleScope: string, resource: string): Error {
  return at(
    scope,
    `The roleScope "${roleScope}" is not the id of the resource "${resource}", or of a part of it. Write an Azure resource id that ` +
      `begins with it: resourceManagerId of a container, resourceVersionlessId of a secret, not its URL.`,
  );
}

export function dataPlaneRoleScope(scope: Construct, expression: string): Error {
  return at(
    scope,
    `The roleScope ${expression} is the URL of a secret or key, on which no role can be assigned. ` +
      `Write its resourceVersionlessId instead.`,
  );
}

export function invalidServiceName(scope: Construct, name: string, domain: string): Error {
  return at(
    scope,
    `"${name}" is no name of a service in ${domain}. Write the name alone, letters, digits and hyphens, without the domain.`,
  );
}

export function invalidClientId(scope: Construct, clientId: string): Error {
  return at(
    scope,
    `"${clientId}" is no client id. Write the GUID that Entra ID shows as "Application (client) ID" of the app registration.`,
  );
}

export function managementAudience(scope: Construct, audience: string): Error {
  return at(
    scope,
    `The audience "${audience}" is that of Azure Resource Manager or Microsoft Graph: the backend would receive a token ` +
      `with which it could act on Azure as the gateway. ` +
      `Write the backend's own: Audience.registration(registration), or Audience.clientId("...") with its client id.`,
  );
}

export function invalidAudience(scope: Construct, factory: string, value: string): Error {
  return at(
    scope,
    `${factory}("${value}") is no ${factory === "Audience.clientId" ? "client id" : "application id URI"}. ` +
      `Write Audience.clientId("00000000-0000-0000-0000-000000000000") with the client id of the backend's app registration, ` +
      `or Audience.uri("api://...") with its application id URI.`,
  );
}

// Backends

export function invalidBackendUrl(scope: Construct, url: string, reason: string): Error {
  return at(
    scope,
    `The backend URL "${url}" ${reason}. Write an address such as "https://orders.contoso.com/v1", with host and path alone.`,
  );
}

export function credentialsInBackendUrl(scope: Construct): Error {
  return at(
    scope,
    "The backend URL has a user name or password in it (not shown here): it would be stored in plain text in Terraform's " +
      'state. Write the address without it, such as "https://orders.contoso.com/v1": the gateway signs in with its identity.',
  );
}

export function insecureUrlAtPlan(): string {
  return 'The backend URL must begin with "https://": over anything else the gateway\'s token would travel in clear text.';
}

export function invalidRoutePrefix(scope: Construct, prefix: string): Error {
  return at(
    scope,
    `The route prefix "${prefix}" is no relative path. ` +
      `Write it as host.json has it, for example "api" or "v1/orders", or "" for none.`,
  );
}

export function invalidRuntimeVersion(scope: Construct, language: string, version: string, example: string): Error {
  return at(
    scope,
    `AppRuntime.${language}("${version}") names no version. Write it like this: AppRuntime.${language}("${example}").`,
  );
}

export function runtimeNotOffered(
  scope: Construct,
  language: string,
  kind: string,
  elsewhere: string,
  offered: readonly string[],
): Error {
  const among = `${offered.slice(0, -1).join(", ")} and ${offered.slice(-1).join("")}`;
  return at(
    scope,
    `App Service has no AppRuntime.${language}(...) for ${kind}. ` +
      `Write Backend.${elsewhere}(...), or a runtime among ${among}.`,
  );
}

export function invalidPlanSku(
  scope: Construct,
  factory: string,
  skuName: string,
  tier: string,
  examples: string,
): Error {
  return at(scope, `${factory}("${skuName}") names no ${tier} size of a plan. Write one such as ${examples}.`);
}

export function planForFunctionsOnly(scope: Construct): Error {
  return at(
    scope,
    "Elastic premium plans run function apps, and this is a web app. " +
      'Write a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or Backend.functionApp(...).',
  );
}

export function planOfOtherSystem(plan: string, has: string, wanted: string): string {
  return (
    `The plan "${plan}" has osType "${has}", and an app is to run on it that is one for ${wanted}. Write another plan, with ` +
    `osType: "${wanted}". Linux apps are made by Backend.functionApp and Backend.webApp, Windows apps by ` +
    `Backend.windowsFunctionApp and Backend.windowsWebApp.`
  );
}

export function planOfOtherTier(
  plan: string,
  skuName: string,
  factory: string,
  tier: string,
  examples: string,
): string {
  return (
    `The plan "${plan}" has skuName "${skuName}", and ${factory}(...) takes ${tier} plans, such as ${examples}. Write a plan of ` +
    `that kind. Dedicated plans are given by AppServicePlan.existing(...), elastic premium ones by ` +
    `AppServicePlan.existingElasticPremium(...).`
  );
}

export function storageProviderSettings(provider: string): string {
  const settings = "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true";
  return (
    `The storage account of a function app has no shared keys, but the azurerm provider "${provider}" would reach it with ` +
    `them. Write new AzurermProvider(this, "azurerm", { ${settings} }). Where other storage accounts of the stack need the data ` +
    `plane (queue properties, static websites), leave that provider as it is and give the account its own: storageProvider: ` +
    `new AzurermProvider(this, "azurerm-storage", { alias: "storage", ${settings} }).`
  );
}

// Callers of an API

export function noCallers(scope: Construct): Error {
  return at(
    scope,
    `callers names nobody, and the API would let in nobody. Write who calls it: callers: { only: [gateway] }, or leave it out ` +
      `for consumers with a subscription key.`,
  );
}

export function registrationOfBackend(scope: Construct, registration: string): Error {
  return at(
    scope,
    `The registration "${registration}" stands for the backend, and callers of the API with tokens for it could call the backend ` +
      `directly. Leave out callers.registration, or write another one.`,
  );
}

export function upstreamWithoutCallers(scope: Construct, api: string, gateway: string): Error {
  return at(
    scope,
    `The API "${api}" lets in whoever has a subscription key, and knows nobody's identity. Write on it whom it lets in: ` +
      `callers: { only: [gateway] }, where gateway is "${gateway}".`,
  );
}

export function upstreamOfOthers(scope: Construct, api: string, gateway: string): Error {
  return at(
    scope,
    `The API "${api}" lets in others than the gateway "${gateway}", which would get 401. Add the gateway on it: ` +
      `callers: { only: [..., gateway] }.`,
  );
}

// Azure services

export function emptyRoleName(scope: Construct): Error {
  return at(
    scope,
    `AzureRole.of("") names no role. Write its name as Azure shows it: AzureRole.of("Storage Blob Data Reader").`,
  );
}

export function managementRole(scope: Construct, role: string): Error {
  return at(
    scope,
    `The role "${role}" lets the gateway manage Azure, which calling a backend does not take. Write the role for the data that ` +
      `it reads or writes, for example AzureRole.STORAGE_BLOB_DATA_READER.`,
  );
}

export function managementTokenResource(scope: Construct, resource: string): Error {
  return at(
    scope,
    `The token resource "${resource}" is that of Azure Resource Manager or Microsoft Graph, with which one manages Azure: ` +
      `consumers of the API could do so as the gateway. Write that of the service's data, for example ` +
      `"https://storage.azure.com/".`,
  );
}

export function invalidTokenResource(scope: Construct, resource: string): Error {
  return at(
    scope,
    `The token resource "${resource}" is neither an application id URI nor a client id. Write what tokens for the service are ` +
      `for, for example "https://storage.azure.com/".`,
  );
}

export function openLocalKeys(properties: string[]): string {
  return (
    `This resource lets in others than Entra ID does, by keys or without signing in, which the gateway does not need. ` +
    `Set on it: ${properties.join(", ")}. It is your object, so it was left as it is.`
  );
}

export function regionalOpenAiEndpoint(scope: Construct, endpoint: string): Error {
  return at(
    scope,
    `The endpoint "${endpoint}" is shared by the accounts of a region that have no custom subdomain, and takes no Entra ` +
      `tokens. Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".`,
  );
}

export function openAiWithoutSubdomain(account: string): string {
  return (
    `The account "${account}" has no custom subdomain, and takes no Entra tokens. Write customSubdomainName: "..." on it, a ` +
    `name that nobody else in Azure has. Azure cannot change it later.`
  );
}

export function openAiWithoutSubdomainAtPlan(): string {
  return (
    "The Azure OpenAI account has no custom subdomain, and takes no Entra tokens. Give it one: " +
    "az cognitiveservices account update --custom-domain <name>."
  );
}

export function vaultWithoutRoles(vault: string): string {
  return (
    `The key vault "${vault}" goes by access policies, and does not look at the role that the gateway gets. Write ` +
    `rbacAuthorizationEnabled: true on it, or give the gateway an access policy and write ` +
    `Backend.url(vault.vaultUri, Audience.uri("https://vault.azure.net")).`
  );
}

export function searchTakesKeysAlone(service: string): string {
  return (
    `The search service "${service}" takes keys alone. Write localAuthenticationEnabled: false on it; if others still need ` +
    `keys, authenticationFailureMode: "http401WithBearerChallenge".`
  );
}

// Network

export function gatewayTier(
  scope: Construct,
  tier: string,
  need: { readonly call: string; readonly tiers: readonly string[]; readonly lack: string },
): Error {
  return at(
    scope,
    `${need.call} does not go with a gateway of the tier ${tier}, which ${need.lack}. ` +
      `Write a gateway of one of the tiers ${need.tiers.join(", ")}, or leave networkAccess out: the sign-in lets in the ` +
      `gateway alone, from wherever it calls.`,
  );
}

export function gatewayTierAtPlan(need: {
  readonly call: string;
  readonly tiers: readonly string[];
  readonly lack: string;
}): string {
  return (
    `${need.call} takes a gateway of one of the tiers ${need.tiers.join(", ")}; this one ${need.lack}. ` +
    `Leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.`
  );
}

export function gatewayAddressesAtPlan(max: number): string {
  return (
    `NetworkAccess.fromGatewayAddresses takes a gateway with 1 to ${max} public addresses, as many as App Service takes in a ` +
    `rule. Write NetworkAccess.fromSubnet(...) or .privateEndpoint(...), or leave networkAccess out: the sign-in lets in the ` +
    `gateway alone, from wherever it calls.`
  );
}

export function publishingAddressCount(scope: Construct, call: string, count: number, max: number): Error {
  return at(
    scope,
    `${call}({ publishFrom }) has ${count} addresses, and App Service takes 1 to ${max} in a rule. Write that many, or leave ` +
      `publishFrom out: then code is published from where the app can be reached.`,
  );
}

export function invalidPublishingAddress(scope: Construct, address: string): Error {
  return at(
    scope,
    `"${address}" in publishFrom is no address, nor a range of them that belongs to somebody. Write it in CIDR notation, ` +
      `for example "203.0.113.7/32"; service tags and ranges wider than /8 (IPv6: /32) are refused.`,
  );
}

export function subnetWithoutServiceEndpoint(subnet: string, endpoint: string): string {
  return (
    `The subnet "${subnet}" has no service endpoint for App Service, and the app would let in nobody from it. ` +
    `Write serviceEndpoints: ["${endpoint}"] on it.`
  );
}

export function otherPrivateDnsZone(zone: string, name: string): string {
  return (
    `The private DNS zone "${zone}" is "${name}", where nobody looks for an app. ` +
    `Write name: "privatelink.azurewebsites.net" on it.`
  );
}

export function networkChanged(app: string): string {
  return (
    `From where the app "${app}" can be reached was changed after networkAccess was set. Remove what changes ` +
    `public_network_access_enabled or the restrictions in site_config (addOverride, an aspect, ignoreChanges), or write ` +
    `networkAccess: NetworkAccess.anywhere() and restrict it yourself.`
  );
}

// Sign-in

export function signInAlreadySet(scope: Construct, app: string, attribute: string): Error {
  const property = attribute === "auth_settings" ? "authSettings" : "authSettingsV2";
  return at(
    scope,
    `The app "${app}" already has ${property}, which would be replaced. Remove ${property} from it: the sign-in is set here. ` +
      `Or leave it to the app, and write Backend.url(...) with its address and audience.`,
  );
}

export function appInAnotherStack(scope: Construct, app: string): Error {
  return at(
    scope,
    `The app "${app}" is in another stack: its sign-in would need the gateway's identity, and the gateway the app's address, so ` +
      `that each stack had to be deployed before the other. Write the SecureApimBackend in the stack of the app. The gateway ` +
      `may be in any other.`,
  );
}

export function allowListTooLong(app: string, callers: number, max: number): string {
  return (
    `${callers} callers are granted access to the app "${app}", and App Service keeps ${max} of them (500 characters). ` +
    `Let several callers share one identity, or put those that need no direct access behind the gateway.`
  );
}

export function appLockedTwice(scope: Construct, app: string, first: string): Error {
  return at(scope, `The app "${app}" is already the backend at "${first}". ${SECOND_API}`);
}

export function signInChanged(app: string): string {
  return (
    `The sign-in of the app "${app}" was changed after it was locked: somebody other than the granted callers could get in. ` +
    `Remove what changes auth_settings_v2 or auth_settings on it (putAuthSettingsV2, resetAuthSettingsV2, addOverride, an ` +
    `aspect). To let another caller in, write registration.grantInvoke(Caller.servicePrincipal("...")).`
  );
}

export function ingressChanged(app: string): string {
  return (
    `The ingress of the container app "${app}" was changed, or is left to ignoreChanges: traffic could come in past the sign-in. ` +
    `Remove what changes ingress on it (putIngress, addOverride, an aspect); the port is targetPort of Backend.containerApp.`
  );
}

export function signInIgnored(app: string): string {
  return (
    `The app "${app}" has auth_settings_v2 in lifecycle.ignoreChanges: Terraform would leave its sign-in as it is now, open ` +
    `or not. Take it out of ignoreChanges; in place of "all", name the attributes to ignore.`
  );
}

export function emptyAllowList(app: string, registration: string): string {
  return (
    `Nobody is granted access to the app "${app}", and Azure reads an empty allow-list as "everybody in the tenant". ` +
    `Write registration.grantInvoke(gateway) on "${registration}", or pass the backend to a SecureApimBackend, which does it.`
  );
}

export function noAnonymousPaths(scope: Construct): Error {
  return at(
    scope,
    `AnonymousPaths.of([], ...) names no path. Write those that answer to everybody, for example ` +
      `AnonymousPaths.of(["/health"], "..."), or leave anonymousPaths out: then none does.`,
  );
}

export function invalidAnonymousPath(scope: Construct, path: string): Error {
  return at(
    scope,
    `The anonymous path "${path}" is no path that means itself alone: with a slash first and none last, and without wildcard, ` +
      `dot segment, query and encoded characters, by which more than that could be opened. Write each path out, such as "/health".`,
  );
}

export function anonymousRoutePrefix(scope: Construct, path: string, routePrefix: string): Error {
  return at(
    scope,
    `The anonymous path "${path}" is where all routes of the app begin (route prefix "${routePrefix}"), and could open every ` +
      `one of them. Write the route of the probe, such as "/${routePrefix}/health".`,
  );
}

export function slotNotLocked(slot: string, app: string, factory: string): string {
  return (
    `The slot "${slot}" of the app "${app}" has an address of its own, and no sign-in that this library set: somebody other than ` +
    `the granted callers could get in. Write Backend.${factory}(app, { slots: [slot] }), where both are objects of your own.`
  );
}

export function slotOfAnotherApp(slot: string, app: string, reference: string): string {
  return (
    `The slot "${slot}" is locked with the app "${app}", but it is one of ${reference}. ` +
    `Write it in the slots of that app, which has a registration of its own.`
  );
}

export function openDoors(properties: string[]): string {
  return (
    `This app accepts more than its sign-in suggests. Set on it: ${properties.join(", ")}. ` +
    `It is your object, so it was left as it is.`
  );
}

export function azapiSignInChanged(app: string, signIn: string): string {
  return (
    `The sign-in of the app "${app}" was changed after it was locked: somebody other than the granted callers could get in. ` +
    `Remove what changes "${signIn}" (addOverride, an aspect). ` +
    `To let another caller in, write registration.grantInvoke(Caller.servicePrincipal("...")).`
  );
}

export function azapiSignInIgnored(app: string, signIn: string): string {
  return (
    `"${signIn}", the sign-in of the app "${app}", has lifecycle.ignoreChanges: Terraform would leave the sign-in as it is now, ` +
    `open or not. Take ignoreChanges off it.`
  );
}

// Apps of another state

export function invalidSiteId(scope: Construct, id: string): Error {
  return at(
    scope,
    `"${id}" is no resource id of an App Service or Functions app. Write the one that Azure shows under "Resource ID": ` +
      `"/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>", without a slot.`,
  );
}

export function existingAppDeclaredHere(scope: Construct, app: string): Error {
  return at(
    scope,
    `Backend.existingApp was given the id of ${app}, an app of this very stack: azurerm would take off at each apply what azapi sets. ` +
      `Write the factory for your own object, for example Backend.fromLinuxFunctionApp(app).`,
  );
}

// Container apps

export function invalidTargetPort(scope: Construct, port: number): Error {
  return at(
    scope,
    `The container cannot listen on port ${port}. Write targetPort: a whole number from 1 to 65535, for example 8080.`,
  );
}

export function invalidReplicas(scope: Construct, min: number, max: number): Error {
  return at(
    scope,
    `A container app cannot have from ${min} to ${max} replicas. ` +
      `Write whole numbers with minReplicas from 0 to 1000, maxReplicas from 1 to 1000, and the first not above the second.`,
  );
}
