import type { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import type { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import type { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import type { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import type { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import type { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import type { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { IUpstreamApi } from "../api/upstream-api";
import { IKeyVaultRef } from "../azure/refs/key-vault";
import { Audience } from "../entra/audience";
import { ContainerAppBackend, IContainerAppBackend } from "./apps/container-app";
import { ContainerAppProps } from "./apps/container-app-props";
import {
  declaredApp,
  DeclaredAppOptions,
  DeclaredLinuxFunctionAppOptions,
  DeclaredLinuxWebAppOptions,
  DeclaredWindowsFunctionAppOptions,
  DeclaredWindowsWebAppOptions,
} from "./apps/declared-app";
import { existingApp, ExistingAppOptions } from "./apps/existing-app";
import { FlexFunctionAppBackend, FlexFunctionAppProps, IFlexFunctionAppBackend } from "./apps/flex-function-app";
import {
  FunctionAppBackend,
  FunctionAppProps,
  ILinuxFunctionAppBackend,
  IWindowsFunctionAppBackend,
} from "./apps/function-app";
import { DeclaredContainerAppOptions, ownContainerApp } from "./apps/own-container-app";
import { DeclaredLogicAppOptions, ownLogicApp } from "./apps/own-logic-app";
import { ILinuxWebAppBackend, IWindowsWebAppBackend, WebAppBackend, WebAppProps } from "./apps/web-app";
import { IApimBackend } from "./backend";
import { aiSearch, ISearchServiceRef } from "./services/ai-search";
import { azureOpenAi, azureOpenAiV1, IOpenAiAccountRef } from "./services/azure-open-ai";
import { azureResource, AzureResourceProps } from "./services/azure-resource";
import { AzureServiceOptions, IAzureServiceBackend } from "./services/azure-service";
import { blobStorage, IStorageAccountRef } from "./services/blob-storage";
import { foundryProject, FoundryProjectOptions } from "./services/foundry-project";
import { eventHubs, IEventHubsNamespaceRef } from "./services/event-hubs";
import { keyVault } from "./services/key-vault";
import { IServiceBusNamespaceRef, serviceBus } from "./services/service-bus";
import { BackendPool, BackendPoolMember, IBackendPool } from "./pool";
import { upstreamApim } from "./upstream-apim";
import { anyUrl } from "./url";
import { azurerm } from "../providers/azurerm";

/** Creates the backends that a gateway can call. Pass each to one `SecureApimBackend`. */
export class Backend {
  /**
   * Creates a Linux function app on a dedicated or elastic premium plan. It accesses its storage with its identity, and accepts
   * calls from the gateway only. Set the authorization level of HTTP triggers to `anonymous`.
   */
  public static functionApp(props: FunctionAppProps): ILinuxFunctionAppBackend {
    return new FunctionAppBackend(
      "functionApp",
      "Linux",
      () => azurerm.LinuxFunctionApp,
      () => azurerm.LinuxFunctionAppSlot,
      props,
    );
  }

  /** Creates a Windows function app: otherwise the same as `functionApp`. */
  public static windowsFunctionApp(props: FunctionAppProps): IWindowsFunctionAppBackend {
    return new FunctionAppBackend(
      "windowsFunctionApp",
      "Windows",
      () => azurerm.WindowsFunctionApp,
      () => azurerm.WindowsFunctionAppSlot,
      props,
    );
  }

  /**
   * Creates a function app on a Flex Consumption plan. It accesses its storage with its identity, and accepts calls from the
   * gateway only. Set the authorization level of HTTP triggers to `anonymous`. With azurerm 4.55, every plan shows a change of
   * `app_settings` that has no effect: see `IFlexFunctionAppBackend`.
   */
  public static flexFunctionApp(props: FlexFunctionAppProps): IFlexFunctionAppBackend {
    return new FlexFunctionAppBackend(props);
  }

  /** Creates a Linux web app on a dedicated plan. It accepts calls from the gateway only. */
  public static webApp(props: WebAppProps): ILinuxWebAppBackend {
    return new WebAppBackend(
      "webApp",
      "Linux",
      () => azurerm.LinuxWebApp,
      () => azurerm.LinuxWebAppSlot,
      props,
    );
  }

  /** Creates a Windows web app on a dedicated plan. It accepts calls from the gateway only. */
  public static windowsWebApp(props: WebAppProps): IWindowsWebAppBackend {
    return new WebAppBackend(
      "windowsWebApp",
      "Windows",
      () => azurerm.WindowsWebApp,
      () => azurerm.WindowsWebAppSlot,
      props,
    );
  }

  /**
   * Creates a container app with HTTPS ingress. It accepts calls from the gateway only. Its sign-in is set with the azapi provider,
   * which is added to the stack.
   *
   * @see https://learn.microsoft.com/azure/container-apps/authentication-entra
   */
  public static containerApp(props: ContainerAppProps): IContainerAppBackend {
    return new ContainerAppBackend(props);
  }

  /**
   * An existing App Service or Functions app that is not in this Terraform state. Only its Entra sign-in is set, with the azapi
   * provider, which is added to the stack. If another state manages the app, add `auth_settings_v2` to `ignore_changes` there, or
   * azurerm removes the sign-in. Slots of the app are not locked.
   *
   * @param siteId Azure resource ID of the app
   * @param url `https://` address of the app with its route prefix: for functions `https://<app>.azurewebsites.net/api`
   */
  public static existingApp(siteId: string, url: string, options?: ExistingAppOptions): IApimBackend {
    return existingApp(siteId, url, options);
  }

  /**
   * Your `LinuxFunctionApp` object. Only the Entra sign-in of the app and its slots is set; an app that already has one is an error.
   * Set the authorization level of HTTP triggers to `anonymous`.
   */
  public static fromLinuxFunctionApp(app: LinuxFunctionApp, options?: DeclaredLinuxFunctionAppOptions): IApimBackend {
    return declaredApp("fromLinuxFunctionApp", app, options);
  }

  /** Your `WindowsFunctionApp` object: otherwise the same as `fromLinuxFunctionApp`. */
  public static fromWindowsFunctionApp(
    app: WindowsFunctionApp,
    options?: DeclaredWindowsFunctionAppOptions,
  ): IApimBackend {
    return declaredApp("fromWindowsFunctionApp", app, options);
  }

  /**
   * Your `FunctionAppFlexConsumption` object, which has no slots. Only its Entra sign-in is set; an app that already has one is an
   * error. Set the authorization level of HTTP triggers to `anonymous`.
   */
  public static fromFlexFunctionApp(app: FunctionAppFlexConsumption, options?: DeclaredAppOptions): IApimBackend {
    return declaredApp("fromFlexFunctionApp", app, options);
  }

  /** Your `LinuxWebApp` object. Only the Entra sign-in of the app and its slots is set; an app that already has one is an error. */
  public static fromLinuxWebApp(app: LinuxWebApp, options?: DeclaredLinuxWebAppOptions): IApimBackend {
    return declaredApp("fromLinuxWebApp", app, options);
  }

  /** Your `WindowsWebApp` object: otherwise the same as `fromLinuxWebApp`. */
  public static fromWindowsWebApp(app: WindowsWebApp, options?: DeclaredWindowsWebAppOptions): IApimBackend {
    return declaredApp("fromWindowsWebApp", app, options);
  }

  /**
   * Your `ContainerApp` object. Only its Entra sign-in is set, with the azapi provider, which is added to the stack. Its ingress must be
   * external and must accept only HTTPS: anything else is an error at synth.
   *
   * @see https://learn.microsoft.com/azure/container-apps/authentication-entra
   */
  public static fromContainerApp(app: ContainerApp, options?: DeclaredContainerAppOptions): IApimBackend {
    return ownContainerApp(app, options);
  }

  /**
   * Your `LogicAppStandard` object. Only its Entra sign-in is set, with the azapi provider, which is added to the stack: azurerm has no
   * attribute for it. Consumers call the path of a trigger, `<workflow>/triggers/<trigger>/invoke`.
   *
   * The Azure portal then no longer shows the run history: it reads it from the app, without a token of a listed caller. A shared
   * access signature (SAS) alone no longer starts a workflow.
   *
   * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app
   */
  public static fromLogicAppStandard(app: LogicAppStandard, options?: DeclaredLogicAppOptions): IApimBackend {
    return ownLogicApp(app, options);
  }

  /**
   * Any service that accepts Entra tokens. You must make sure that it rejects everything else.
   *
   * @param url `https://` address without credentials, query or fragment
   * @param audience the audience of the gateway's token
   */
  public static url(url: string, audience: Audience): IApimBackend {
    return anyUrl(url, audience);
  }

  /**
   * An API on another API Management gateway: a `SecureApimBackend` with `callers` that allow this gateway. This gateway calls it
   * with a token for that API only, and needs no subscription key.
   *
   * @param api the API on the other gateway
   */
  public static upstreamApim(api: IUpstreamApi): IApimBackend {
    return upstreamApim(api);
  }

  /**
   * Several backends among which the gateway chooses by priority and weight, such as accounts of Azure OpenAI in several regions. The
   * gateway skips a member while its circuit breaker is open. One token fits all members: they have one audience, such as one app
   * registration, or belong to one Azure service. For backends with audiences of their own, use `branches`. Requires a tier other than
   * Consumption, and the azapi provider, which is added to the stack.
   *
   * @param members the backends, 1 to 30
   * @see https://learn.microsoft.com/azure/api-management/backends#load-balanced-pool
   */
  public static pool(members: BackendPoolMember[]): IBackendPool {
    return new BackendPool(members);
  }

  /**
   * The models of an Azure OpenAI or Foundry account, by the API that has an `api-version`: API paths are appended to `/openai`. The
   * gateway's identity gets the role `Cognitive Services OpenAI User`. The account needs a custom subdomain. Keys that consumers send are
   * removed. Streamed answers are passed on as they come.
   *
   * @see https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity
   */
  public static azureOpenAi(account: IOpenAiAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
    return azureOpenAi(account, options);
  }

  /**
   * The models of an Azure OpenAI or Foundry account, by the v1 API, which is that of OpenAI: API paths are appended to `/openai/v1`. Its
   * tokens are for `https://ai.azure.com`. Otherwise the same as `azureOpenAi`.
   *
   * @see https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
   */
  public static azureOpenAiV1(account: IOpenAiAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
    return azureOpenAiV1(account, options);
  }

  /**
   * A project of a Foundry account, with its agents: API paths are appended to `/api/projects/<name>`. Its tokens are for
   * `https://ai.azure.com`. The account needs a custom subdomain. Keys that consumers send are removed. Streamed answers are passed on as
   * they come.
   *
   * @param account the Foundry account of the project
   * @param projectName name of the project; pass the `name` of your `CognitiveAccountProject` to make Terraform create it first
   * @param options the role of the gateway's identity
   * @see https://learn.microsoft.com/azure/foundry/how-to/develop/sdk-overview
   */
  public static foundryProject(
    account: IOpenAiAccountRef,
    projectName: string,
    options: FoundryProjectOptions,
  ): IAzureServiceBackend {
    return foundryProject(account, projectName, options);
  }

  /**
   * The blobs of a storage account. The gateway's identity gets the role `Storage Blob Data Reader`. Requests without a service
   * version get one.
   *
   * @see https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory
   */
  public static blobStorage(account: IStorageAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
    return blobStorage(account, options);
  }

  /**
   * A key vault that uses Azure roles. The gateway's identity gets the role `Key Vault Secrets User`. Consumers of the API can read
   * every secret within its scope, so limit it to one secret with `roleScope`.
   *
   * @see https://learn.microsoft.com/azure/key-vault/general/rbac-guide
   */
  public static keyVault(vault: IKeyVaultRef, options?: AzureServiceOptions): IAzureServiceBackend {
    return keyVault(vault, options);
  }

  /**
   * A Service Bus namespace: `POST /<queue>/messages`. The gateway's identity gets the role `Azure Service Bus Data Sender`.
   *
   * @see https://learn.microsoft.com/rest/api/servicebus/send-message-to-queue
   */
  public static serviceBus(
    serviceBusNamespace: IServiceBusNamespaceRef,
    options?: AzureServiceOptions,
  ): IAzureServiceBackend {
    return serviceBus(serviceBusNamespace, options);
  }

  /**
   * An Event Hubs namespace: `POST /<event hub>/messages`. The gateway's identity gets the role
   * `Azure Event Hubs Data Sender`.
   *
   * @see https://learn.microsoft.com/rest/api/eventhub/send-event
   */
  public static eventHubs(
    eventHubsNamespace: IEventHubsNamespaceRef,
    options?: AzureServiceOptions,
  ): IAzureServiceBackend {
    return eventHubs(eventHubsNamespace, options);
  }

  /**
   * An AI Search service. The gateway's identity gets the role `Search Index Data Reader`. Keys that consumers
   * send are removed.
   *
   * @see https://learn.microsoft.com/azure/search/search-security-rbac
   */
  public static aiSearch(service: ISearchServiceRef, options?: AzureServiceOptions): IAzureServiceBackend {
    return aiSearch(service, options);
  }

  /**
   * Any other Azure service that accepts Entra tokens and uses Azure roles. The gateway's identity gets the role. You
   * must make sure that the service rejects keys.
   */
  public static azureResource(props: AzureResourceProps): IAzureServiceBackend {
    return azureResource(props);
  }

  private constructor() {}
}
