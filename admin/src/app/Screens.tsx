import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { Lines } from "../components/States.tsx";
import { BackupPage } from "../screens/backups/BackupPage.tsx";
import { BackupsPage } from "../screens/backups/BackupsPage.tsx";
import { Frame } from "./Frame.tsx";
import { NotFound } from "./NotFound.tsx";

// The first screen comes with the page; the others when somebody goes there.
const RestoresPage = lazy(() => import("../screens/restore/RestoresPage.tsx"));
const NewRestorePage = lazy(() =>
  import("../screens/restore/NewRestorePage.tsx")
);
const RestorePage = lazy(() => import("../screens/restore/RestorePage.tsx"));
const ValidationPage = lazy(() =>
  import("../screens/validation/ValidationPage.tsx")
);
const SettingsPage = lazy(() => import("../screens/settings/SettingsPage.tsx"));
const ActivityPage = lazy(() => import("../screens/activity/ActivityPage.tsx"));

/** What each address shows. Ids are all that stands in an address. */
export function Screens() {
  return (
    <Frame>
      <Suspense fallback={<Lines rows={6} height={28} />}>
        <Switch>
          <Route path="/">
            <Redirect to="/backups" replace />
          </Route>
          <Route path="/backups" component={BackupsPage} />
          <Route path="/backups/:id">
            {({ id }) => <BackupPage key={id} id={id} />}
          </Route>
          <Route path="/restore" component={RestoresPage} />
          <Route path="/restore/new">
            <NewRestorePage />
          </Route>
          <Route path="/restore/new/:backupId">
            {({ backupId }) => (
              <NewRestorePage key={backupId} backupId={backupId} />
            )}
          </Route>
          <Route path="/restore/:id">
            {({ id }) => <RestorePage key={id} id={id} />}
          </Route>
          <Route path="/validation" component={ValidationPage} />
          <Route path="/schedule" component={SettingsPage} />
          <Route path="/activity" component={ActivityPage} />
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Frame>
  );
}
