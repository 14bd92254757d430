import { Anchor, NativeSelect } from "@mantine/core";

const zones = Intl.supportedValuesOf("timeZone");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** By whose clocks. One that the browser does not know may have been set by the API, and stays. */
export function TimeZone(
  { value, onChange }: { value: string; onChange: (zone: string) => void },
) {
  const known = zones.includes(value) ? zones : [value, ...zones];
  return (
    <NativeSelect
      label="Time zone"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={known}
      inputWrapperOrder={["label", "input", "description"]}
      description={value !== own && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          onClick={() => onChange(own)}
        >
          Use mine, {own}
        </Anchor>
      )}
    />
  );
}
