import { Lazy, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../../core/bind-once";
import { requireProps } from "../../core/given";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { BOUND_BACKEND } from "../bound";

/** What all kinds of created apps have, on App Service or elsewhere. */
export interface CreatedResource extends TerraformResource {
  readonly name: string;
  readonly id: string;
  readonly identity: { readonly principalId: string };
}

/** The app, and the resources that are created for it. */
export interface CreatedResources {
  readonly app: CreatedResource;
}

/** An app that is created and locked when its backend is bound. */
export abstract class CreatedApp<Created extends CreatedResources, Props> implements IAppBackend {
  public readonly appName: string;
  public readonly appId: string;
  public readonly principalId: string;

  private readonly bound: BindOnce<Created>;

  /**
   * @param required the properties that must be set, as messages name them
   * @param closing the optional properties that close the app
   */
  constructor(
    public readonly factory: string,
    protected readonly props: Props,
    required: string,
    closing: readonly (keyof Props & string)[] = [],
  ) {
    requireProps(factory, props, `${factory}({ ${required} })`, closing);
    this.bound = new BindOnce(factory, BOUND_BACKEND);
    this.appName = Lazy.stringValue({ produce: () => this.read("app", "appName").name });
    this.appId = Lazy.stringValue({ produce: () => this.read("app", "appId").id });
    this.principalId = Lazy.stringValue({ produce: () => this.read("app", "principalId").identity.principalId });
  }

  public get app(): Created["app"] {
    return this.read("app");
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const created = this.bound.bind(scope, () => this.create(scope, options));
    return this.lock(scope, options, created);
  }

  /** A created resource. Fails before the backend is bound. */
  protected read<Part extends keyof Created & string>(part: Part, attribute: string = part): Created[Part] {
    return this.bound.read(attribute)[part];
  }

  protected abstract create(scope: Construct, options: BackendBindOptions): Created;

  /** Sets the sign-in of the app. */
  protected abstract lock(scope: Construct, options: BackendBindOptions, created: Created): BackendConfig;
}

/**
 * An app that is created with its backend. Its name, ids and identity can be used at any time. The resources, such as `app`,
 * exist once the backend was passed to a `SecureApimBackend`; reading them earlier is an error.
 */
export interface IAppBackend extends IApimBackend {
  /** Name of the app. */
  readonly appName: string;

  /** Azure resource ID of the app. */
  readonly appId: string;

  /** Object ID of the app's system-assigned identity, for roles on the resources that the app uses. */
  readonly principalId: string;
}
