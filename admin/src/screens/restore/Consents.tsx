import { Checkbox } from "@mantine/core";
import type { Consent } from "../../api/types.ts";
import { consents } from "./words.ts";

interface ConsentsProps {
  needs: Consent[];
  accepted: Consent[];
  onChange: (accepted: Consent[]) => void;
}

/** What has to be accepted by hand, one by one. */
export function Consents({ needs, accepted, onChange }: ConsentsProps) {
  return needs.map((need) => (
    <Checkbox
      key={need}
      label={consents[need].accept}
      checked={accepted.includes(need)}
      onChange={({ currentTarget }) =>
        onChange(
          currentTarget.checked ? [...accepted, need] : accepted.filter((other) => other !== need),
        )}
    />
  ));
}
