import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  localStorageColorSchemeManager,
  MantineProvider,
  mergeMantineTheme,
} from "@mantine/core";
import { type ReactNode, useLayoutEffect, useMemo, useState } from "react";
import { adoptStyles } from "./adopt_styles.ts";
import { useServices } from "./services.ts";
import { consoleTheme } from "./theme.ts";

const className = "bc-root";
const colorScheme = localStorageColorSchemeManager({
  key: "alumni-backup-color-scheme",
});

/** The element that everything of ours is in, popups too, and that all our styles begin with. */
export function StyleRoot({ children }: { children: ReactNode }) {
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [portal, setPortal] = useState<HTMLElement | null>(null);
  return (
    <div className={className} ref={setRoot} data-respect-reduced-motion>
      {root && portal && <Theme root={root} portal={portal}>{children}</Theme>}
      <div ref={setPortal} />
    </div>
  );
}

function Theme(
  { root, portal, children }: {
    root: HTMLElement;
    portal: HTMLElement;
    children: ReactNode;
  },
) {
  const { forcedColorScheme } = useServices();
  const theme = useMemo(() => consoleTheme(portal), [portal]);

  useLayoutEffect(() => {
    const variables = defaultCssVariablesResolver(
      mergeMantineTheme(DEFAULT_THEME, theme),
    );
    variables.variables["--mantine-scale"] = String(scaleOf(root));
    variables.light["--mantine-color-scheme"] = "light";
    variables.dark["--mantine-color-scheme"] = "dark";
    Object.assign(variables.light, {
      "--mantine-color-dimmed": "var(--mantine-color-gray-6)",
      "--mantine-color-text": "var(--mantine-color-gray-9)",
    });
    Object.assign(variables.dark, {
      "--mantine-color-dimmed": "var(--mantine-color-dark-2)",
      "--mantine-color-text": "var(--mantine-color-dark-0)",
    });
    return adoptStyles(
      root.getRootNode() as Document | ShadowRoot,
      convertCssVariables(variables, `.${className}`),
    );
  }, [root, theme]);

  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      forceColorScheme={forcedColorScheme}
      colorSchemeManager={colorScheme}
      getRootElement={() => root}
      cssVariablesSelector={`.${className}`}
      // Both would add <style> elements, which our Content-Security-Policy does not allow.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}

/** Sizes are in rem. A host that has given its page another rem must not make the console smaller or larger. */
function scaleOf(root: HTMLElement): number {
  if (root.getRootNode() === document) return 1;
  return 16 / parseFloat(getComputedStyle(document.documentElement).fontSize);
}
