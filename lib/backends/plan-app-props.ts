import { AppProps } from "./app-props";
import { AppServicePlan } from "./app-service-plan";

/** What all apps have in common that we make on an App Service plan. */
export interface PlanAppProps extends AppProps {
  /**
   * The App Service plan to run on.
   *
   * @default AppServicePlan.dedicated("B1")
   */
  readonly plan?: AppServicePlan;
}
