import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  NativeSelect,
  Popover,
  Portal,
  Tooltip,
} from "@mantine/core";

/** Pine: calm, and dark enough for white text. The greys are tinted with it; red and amber are only ever signs. */
const pine: MantineColorsTuple = [
  "#ecf6f2",
  "#d8eae3",
  "#aed5c6",
  "#81bfa7",
  "#5cac8d",
  "#439f7d",
  "#2f8268",
  "#1f6b55",
  "#175846",
  "#0b4536",
];
const gray: MantineColorsTuple = [
  "#f7f8f7",
  "#eff1ef",
  "#e3e6e4",
  "#d3d8d5",
  "#b7bfbb",
  "#8f9994",
  "#66716c",
  "#4a544f",
  "#333b37",
  "#1e2421",
];
const dark: MantineColorsTuple = [
  "#d5dbd8",
  "#b0b9b5",
  "#929c97",
  "#66716c",
  "#3c4642",
  "#2c3532",
  "#222a27",
  "#1a211e",
  "#141a18",
  "#0e1311",
];
const amber: MantineColorsTuple = [
  "#fdf5e3",
  "#f8e8c4",
  "#f0d08a",
  "#e8b74d",
  "#dea01f",
  "#c48708",
  "#9a6700",
  "#7d5300",
  "#644200",
  "#4b3100",
];
const brick: MantineColorsTuple = [
  "#fdeeec",
  "#f8dad6",
  "#eeb2aa",
  "#e3877b",
  "#d96154",
  "#cc473a",
  "#b8362b",
  "#992b22",
  "#7c231c",
  "#5f1a15",
];

/** Popups belong into the console's own root, which may be a shadow root; and its styles are not added by scripts. */
export function consoleTheme(portal: HTMLElement) {
  return createTheme({
    colors: { pine, gray, dark, amber, brick },
    primaryColor: "pine",
    // White is readable on both.
    primaryShade: { light: 7, dark: 6 },
    defaultRadius: "md",
    radius: { sm: "6px", md: "8px", lg: "14px" },
    fontFamily: "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
    headings: { fontWeight: "620" },
    cursorType: "pointer",
    respectReducedMotion: true,
    variantColorResolver: (input) => {
      const resolved = defaultVariantColorsResolver(input);
      // On a tint, the usual shade of a sign is too pale to be read.
      if (input.variant === "light") {
        const name = input.color ?? input.theme.primaryColor;
        return {
          ...resolved,
          background:
            `light-dark(var(--mantine-color-${name}-0), color-mix(in srgb, var(--mantine-color-${name}-9) 42%, transparent))`,
          color: `light-dark(var(--mantine-color-${name}-8), var(--mantine-color-${name}-2))`,
        };
      }
      return resolved;
    },
    components: {
      Portal: Portal.extend({ defaultProps: { target: portal } }),
      Modal: Modal.extend({
        defaultProps: {
          lockScroll: false,
          centered: true,
          radius: "lg",
          overlayProps: { backgroundOpacity: 0.4 },
          closeButtonProps: { "aria-label": "Close" },
        },
      }),
      // Not the header of the page: one dialog over another would make two of them.
      ModalHeader: Modal.Header.extend({ defaultProps: { role: "none" } }),
      Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
      Popover: Popover.extend({ defaultProps: { shadow: "md", radius: "md" } }),
      Menu: Menu.extend({
        defaultProps: {
          shadow: "md",
          position: "bottom-end",
          withinPortal: true,
        },
      }),
      Tooltip: Tooltip.extend({
        defaultProps: {
          openDelay: 250,
          withArrow: true,
          events: { hover: true, focus: true, touch: true },
        },
      }),
      Anchor: Anchor.extend({ defaultProps: { inherit: true } }),
      Checkbox: Checkbox.extend({ defaultProps: { radius: 5 } }),
      Button: Button.extend({ defaultProps: { radius: "md" } }),
      Alert: Alert.extend({ defaultProps: { radius: "md" } }),
      NativeSelect: NativeSelect.extend({ defaultProps: { radius: "md" } }),
    },
  });
}
