/**
 * An Azure OpenAI or AI Services account: a `CognitiveAccount`, `AiServices` or `DataAzurermCognitiveAccount` of the azurerm
 * bindings, or `OpenAiAccountRef.fromAttributes`.
 */
export interface IOpenAiAccountRef {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** Attributes of an Azure OpenAI or AI Services account. */
export interface OpenAiAccountRefAttributes {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** An Azure OpenAI or AI Services account by its attributes. */
export class OpenAiAccountRef implements IOpenAiAccountRef {
  /**
   * Refers to an Azure OpenAI or AI Services account by its attributes. If this app declares it, pass the object instead. Its
   * settings cannot be checked, and a warning at synth says which.
   */
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
