import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { BackupsPage } from "../screens/backups/BackupsPage.tsx";
import { Frame } from "./Frame.tsx";
import { NotFound } from "./NotFound.tsx";
import { ScreenBoundary } from "./ScreenBoundary.tsx";

// The first screen comes with the page; the others a moment later, so that they are there when the network is not.
const later = {
  backup: () => import("../screens/backups/BackupPage.tsx"),
  restores: () => import("../screens/restore/RestoresPage.tsx"),
  newRestore: () => import("../screens/restore/NewRestorePage.tsx"),
  restore: () => import("../screens/restore/RestorePage.tsx"),
  validation: () => import("../screens/validation/ValidationPage.tsx"),
  settings: () => import("../screens/settings/SettingsPage.tsx"),
  activity: () => import("../screens/activity/ActivityPage.tsx"),
};

const BackupPage = lazy(later.backup);
const RestoresPage = lazy(later.restores);
const NewRestorePage = lazy(later.newRestore);
const RestorePage = lazy(later.restore);
const ValidationPage = lazy(later.validation);
const SettingsPage = lazy(later.settings);
const ActivityPage = lazy(later.activity);

function useFetchedAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // One that cannot be had now is asked for again when somebody goes there.
      for (const fetchScreen of Object.values(later)) {
        fetchScreen().catch(() => {});
      }
    }, 2000);
    return () => clearTimeout(timer);
  }, []);
}

/** Of a screen whose code is on its way. */
function Outline() {
  return (
    <div className="bc-page" aria-busy="true">
      <Skeleton height={34} width={220} mb={10} />
      <Skeleton height={200} radius="lg" />
      <Skeleton height={320} radius="lg" />
    </div>
  );
}

/** What each address shows. Ids are all that stands in an address. */
export function Screens() {
  useFetchedAhead();
  const [location] = useLocation();
  return (
    <Frame>
      <ScreenBoundary key={location}>
        <Suspense fallback={<Outline />}>
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
              {({ backupId }) => <NewRestorePage key={backupId} backupId={backupId} />}
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
      </ScreenBoundary>
    </Frame>
  );
}
