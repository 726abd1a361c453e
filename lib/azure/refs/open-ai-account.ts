/**
 * An Azure OpenAI or AI Services account. A `CognitiveAccount`, an `AiServices` and a `DataAzurermCognitiveAccount` of the
 * azurerm bindings fit as they are.
 */
export interface IOpenAiAccountRef {
  /** Azure resource id of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** An Azure OpenAI or AI Services account by its attributes. */
export interface OpenAiAccountRefAttributes {
  /** Azure resource id of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** Refers to an Azure OpenAI or AI Services account that is not an object of this app. */
export class OpenAiAccountRef implements IOpenAiAccountRef {
  /** An Azure OpenAI or AI Services account by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: OpenAiAccountRefAttributes): IOpenAiAccountRef {
    return new OpenAiAccountRef(attributes);
  }

  public readonly id: string;
  public readonly endpoint: string;

  private constructor(attributes: OpenAiAccountRefAttributes) {
    this.id = attributes.id;
    this.endpoint = attributes.endpoint;
  }
}
