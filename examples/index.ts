import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ApimChain } from "./apim-chain";
import { AzureOpenAi } from "./azure-openai";
import { AzureStorage } from "./azure-storage";
import { Consumers } from "./consumers";
import { ContainerAppStack } from "./container-app";
import { CustomBackend } from "./custom-backend";
import { CustomDomainStack } from "./custom-domain";
import { EntraRequestStack } from "./entra-request";
import { ExistingApiStack } from "./existing-api";
import { ExistingApp } from "./existing-app";
import { ExistingGateway } from "./existing-gateway";
import { ExistingRegistration } from "./existing-registration";
import { FlexFunctionApp } from "./flex-function-app";
import { FrontDoor } from "./front-door";
import { FromHandWritten } from "./from-hand-written";
import { GovernmentCloud } from "./government-cloud";
import { AcceptBoth, PreferIdentity, RefuseKey, RemoveKey } from "./key-migration";
import { LandingZone } from "./landing-zone";
import { ManyBackends } from "./many-backends";
import { McpServer } from "./mcp-server";
import { MergedPolicy } from "./merged-policy";
import { NetworkLockdown } from "./network-lockdown";
import { OpenAiPool } from "./openai-pool";
import { OpenApi } from "./open-api";
import { Operations } from "./operations";
import { OwnApiStack } from "./own-api";
import { OwnApp } from "./own-app";
import { OwnContainerApp } from "./own-container-app";
import { Platform } from "./platform";
import { ProtectedUrl } from "./protected-url";
import { Quickstart } from "./quickstart";
import { SharedPlan } from "./shared-plan";
import { Slots } from "./slots";
import { TeamBilling } from "./team-billing";
import { TeamOrders } from "./team-orders";
import { UserAssignedIdentityStack } from "./user-assigned-identity";
import { Versions } from "./versions";
import { WebApp } from "./web-app";
import { WindowsFunctionAppStack } from "./windows-function-app";

/** The platform's stack of an app, made once: the stacks of the teams take the gateway from it. */
function platformOf(app: Construct): Platform {
  return (app.node.tryFindChild("platform") as Platform | undefined) ?? new Platform(app, "platform");
}

/** Every example, by the name of its stack. */
export const EXAMPLES: Record<string, new (scope: Construct, id: string) => TerraformStack> = {
  quickstart: Quickstart,
  "web-app": WebApp,
  "existing-gateway": ExistingGateway,
  "user-assigned-identity": UserAssignedIdentityStack,
  "own-app": OwnApp,
  "own-container-app": OwnContainerApp,
  "own-api": OwnApiStack,
  "protected-url": ProtectedUrl,
  "merged-policy": MergedPolicy,
  "apim-chain": ApimChain,
  "azure-openai": AzureOpenAi,
  "openai-pool": OpenAiPool,
  "azure-storage": AzureStorage,
  "custom-backend": CustomBackend,
  "flex-function-app": FlexFunctionApp,
  "windows-function-app": WindowsFunctionAppStack,
  slots: Slots,
  "shared-plan": SharedPlan,
  "container-app": ContainerAppStack,
  "existing-app": ExistingApp,
  "many-backends": ManyBackends,
  "network-lockdown": NetworkLockdown,
  "landing-zone": LandingZone,
  "existing-api": ExistingApiStack,
  versions: Versions,
  platform: Platform,
  "team-orders": class extends TeamOrders {
    constructor(app: Construct, id: string) {
      super(app, id, platformOf(app));
    }
  },
  "team-billing": TeamBilling,
  "open-api": OpenApi,
  operations: Operations,
  consumers: Consumers,
  "mcp-server": McpServer,
  "custom-domain": CustomDomainStack,
  "front-door": FrontDoor,
  "government-cloud": GovernmentCloud,
  "key-migration-accept-both": AcceptBoth,
  "key-migration-prefer-identity": PreferIdentity,
  "key-migration-refuse-key": RefuseKey,
  "key-migration-remove-key": RemoveKey,
  "from-hand-written": FromHandWritten,
  "entra-request": EntraRequestStack,
  "existing-registration": ExistingRegistration,
};
