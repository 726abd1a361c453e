import { Lazy, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../../core/bind-once";
import { BOUND_BACKEND } from "../bound";
import { BackendBindOptions, BackendConfig } from "../backend";
import { IAppBackend } from "./app-backend";

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
export abstract class CreatedApp<Created extends CreatedResources> implements IAppBackend {
  public readonly appName: string;
  public readonly appId: string;
  public readonly principalId: string;

  private readonly bound: BindOnce<Created>;

  constructor(public readonly factory: string) {
    this.bound = new BindOnce(factory, BOUND_BACKEND);
    this.appName = Lazy.stringValue({ produce: () => this.created.app.name });
    this.appId = Lazy.stringValue({ produce: () => this.created.app.id });
    this.principalId = Lazy.stringValue({ produce: () => this.created.app.identity.principalId });
  }

  public get app(): Created["app"] {
    return this.created.app;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const created = this.bound.bind(scope, () => this.create(scope, options));
    return this.lock(scope, options, created);
  }

  /** Fails before the backend is bound. */
  protected get created(): Created {
    return this.bound.value;
  }

  protected abstract create(scope: Construct, options: BackendBindOptions): Created;

  /** Sets the sign-in of the app. */
  protected abstract lock(scope: Construct, options: BackendBindOptions, created: Created): BackendConfig;
}
