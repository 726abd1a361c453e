import { ISearchServiceRef } from "../azure/refs/search-service";
import { IOpenAiAccountRef } from "../azure/refs/open-ai-account";
import { IStorageAccountRef } from "../azure/refs/storage-account";
import { IEventHubsNamespaceRef } from "../azure/refs/event-hubs-namespace";
import { IKeyVaultRef } from "../azure/refs/key-vault";
import { IServiceBusNamespaceRef } from "../azure/refs/service-bus-namespace";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { IUpstreamApi } from "../api/upstream-api";
import { Audience } from "../entra/audience";
import { aiSearch } from "./services/ai-search";
import { azureOpenAi } from "./services/azure-open-ai";
import { azureResource, AzureResourceProps } from "./services/azure-resource";
import { AzureServiceOptions } from "./services/azure-service";
import { IApimBackend } from "./backend";
import { blobStorage } from "./services/blob-storage";
import { ContainerAppBackend } from "./apps/container-app";
import { ContainerAppProps } from "./apps/container-app-props";
import { eventHubs } from "./services/event-hubs";
import { ExistingAppBackend, ExistingAppOptions } from "./apps/existing-app";
import { keyVault } from "./services/key-vault";
import { serviceBus } from "./services/service-bus";
import { UpstreamApimBackend } from "./upstream-apim";
import { FlexFunctionAppBackend, FlexFunctionAppProps } from "./apps/flex-function-app";
import { FunctionAppBackend, FunctionAppProps, WindowsFunctionAppBackend } from "./apps/function-app";
import { DeclaredAppBackend, DeclaredAppOptions } from "./apps/declared-app";
import {
  DeclaredLinuxFunctionAppOptions,
  DeclaredLinuxWebAppOptions,
  DeclaredWindowsFunctionAppOptions,
  DeclaredWindowsWebAppOptions,
} from "./apps/declared-app-slots";
import * as own from "./apps/declared-app";
import { UrlBackend } from "./url";
import { WebAppBackend, WebAppProps, WindowsWebAppBackend } from "./apps/web-app";

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
   * A container app, made here: ingress by HTTPS only, nobody let in but the gateway. Its sign-in is set with the azapi
   * provider, which comes into the stack with it.
   *
   * @see https://learn.microsoft.com/azure/container-apps/authentication-entra
   */
  public static containerApp(props: ContainerAppProps): ContainerAppBackend {
    return new ContainerAppBackend(props);
  }

  /**
   * An App Service or Functions app that another Terraform state owns, or none. Its Entra sign-in is set with the azapi
   * provider, which comes into the stack with it, and nothing else on it. Whoever owns it must leave the sign-in alone:
   * azurerm takes it off again unless `auth_settings_v2` is in `ignore_changes` there. Its slots are not locked.
   *
   * @param siteId Azure resource id of the app
   * @param url `https://` address of the app, with the prefix of its routes: for functions `https://<app>.azurewebsites.net/api`
   * @param props the registration
   */
  public static existingApp(siteId: string, url: string, props?: ExistingAppOptions): IApimBackend {
    return new ExistingAppBackend(siteId, url, props);
  }

  /**
   * Your own `LinuxFunctionApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have
   * none of their own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromLinuxFunctionApp(app: LinuxFunctionApp, props?: DeclaredLinuxFunctionAppOptions): IApimBackend {
    return new DeclaredAppBackend(own.LINUX_FUNCTION_APP, app, props, props?.slots);
  }

  /**
   * Your own `WindowsFunctionApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they
   * have none of their own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromWindowsFunctionApp(app: WindowsFunctionApp, props?: DeclaredWindowsFunctionAppOptions): IApimBackend {
    return new DeclaredAppBackend(own.WINDOWS_FUNCTION_APP, app, props, props?.slots);
  }

  /**
   * Your own `FunctionAppFlexConsumption` object, which has no slots. Its Entra sign-in is set, and nothing else on it; that it
   * has none of its own yet is checked. Give HTTP triggers the authorization level `anonymous`.
   *
   * @param app your object
   * @param props how to call it
   */
  public static fromFlexFunctionApp(app: FunctionAppFlexConsumption, props?: DeclaredAppOptions): IApimBackend {
    return new DeclaredAppBackend(own.FLEX_FUNCTION_APP, app, props);
  }

  /**
   * Your own `LinuxWebApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have none
   * of their own yet is checked.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromLinuxWebApp(app: LinuxWebApp, props?: DeclaredLinuxWebAppOptions): IApimBackend {
    return new DeclaredAppBackend(own.LINUX_WEB_APP, app, props, props?.slots);
  }

  /**
   * Your own `WindowsWebApp` object. The Entra sign-in of it and its slots is set, and nothing else on them; that they have
   * none of their own yet is checked.
   *
   * @param app your object
   * @param props how to call it, and its slots
   */
  public static fromWindowsWebApp(app: WindowsWebApp, props?: DeclaredWindowsWebAppOptions): IApimBackend {
    return new DeclaredAppBackend(own.WINDOWS_WEB_APP, app, props, props?.slots);
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

  /**
   * An API on another API Management gateway: a `SecureApimBackend` there whose `callers` name this gateway. The token with
   * which this gateway calls it is for that API alone; no subscription key is needed.
   *
   * @param api the API on the other gateway
   */
  public static upstreamApim(api: IUpstreamApi): IApimBackend {
    return new UpstreamApimBackend(api);
  }

  /**
   * An Azure OpenAI account: its paths follow `/openai`. The gateway's identity gets the role `Cognitive Services OpenAI User`.
   * The account needs a custom subdomain. Keys that consumers send are not passed on.
   *
   * @param account the account, yours or one that exists
   * @param options another role, or a part of the account
   * @see https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity
   */
  public static azureOpenAi(account: IOpenAiAccountRef, options?: AzureServiceOptions): IApimBackend {
    return azureOpenAi(account, options ?? {});
  }

  /**
   * The blobs of a storage account. The gateway's identity gets the role `Storage Blob Data Reader`; requests that name no
   * version of the service get one.
   *
   * @param account the storage account, yours or one that exists
   * @param options another role, or one container
   * @see https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory
   */
  public static blobStorage(account: IStorageAccountRef, options?: AzureServiceOptions): IApimBackend {
    return blobStorage(account, options ?? {});
  }

  /**
   * A key vault that goes by roles. The gateway's identity gets the role `Key Vault Secrets User`: whoever may call the API
   * reads every secret that the role reaches, so name one: `roleScope`.
   *
   * @param vault the key vault, yours or one that exists
   * @param options another role, or one secret
   * @see https://learn.microsoft.com/azure/key-vault/general/rbac-guide
   */
  public static keyVault(vault: IKeyVaultRef, options?: AzureServiceOptions): IApimBackend {
    return keyVault(vault, options ?? {});
  }

  /**
   * A Service Bus namespace: `POST /<queue>/messages`. The gateway's identity gets the role `Azure Service Bus Data Sender`.
   *
   * @param serviceBusNamespace the namespace, yours or one that exists
   * @param options another role, or one queue
   * @see https://learn.microsoft.com/rest/api/servicebus/send-message-to-queue
   */
  public static serviceBus(serviceBusNamespace: IServiceBusNamespaceRef, options?: AzureServiceOptions): IApimBackend {
    return serviceBus(serviceBusNamespace, options ?? {});
  }

  /**
   * An Event Hubs namespace of the public cloud: `POST /<event hub>/messages`. The gateway's identity gets the role
   * `Azure Event Hubs Data Sender`.
   *
   * @param eventHubsNamespace the namespace, yours or one that exists
   * @param options another role, or one event hub
   * @see https://learn.microsoft.com/rest/api/eventhub/send-event
   */
  public static eventHubs(eventHubsNamespace: IEventHubsNamespaceRef, options?: AzureServiceOptions): IApimBackend {
    return eventHubs(eventHubsNamespace, options ?? {});
  }

  /**
   * An AI Search service of the public cloud. The gateway's identity gets the role `Search Index Data Reader`. Keys that
   * consumers send are not passed on.
   *
   * @param service the search service, yours or one that exists
   * @param options another role, or one index
   * @see https://learn.microsoft.com/azure/search/search-security-rbac
   */
  public static aiSearch(service: ISearchServiceRef, options?: AzureServiceOptions): IApimBackend {
    return aiSearch(service, options ?? {});
  }

  /**
   * Any other Azure service that takes Entra tokens and knows Azure roles, also of another cloud. The gateway's identity gets
   * the role. That keys are switched off on it is up to whoever runs it.
   */
  public static azureResource(props: AzureResourceProps): IApimBackend {
    return azureResource(props);
  }

  private constructor() {}
}
