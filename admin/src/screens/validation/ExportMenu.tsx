import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useDeed } from "../../api/deed.ts";
import type { StoredReport } from "../../api/types.ts";
import { useApi } from "../../app/services.ts";
import { sayError } from "../../components/say.tsx";

/** The report as a file. JSON is what is shown; CSV, for a spreadsheet, the server writes from a run of its own. */
export function ExportMenu({ report }: { report: StoredReport }) {
  const api = useApi();
  const csv = useDeed({
    mutationFn: () => api<string>("/validate", { query: { format: "csv" } }),
    onSuccess: (text) => save(nameOf(report, "csv"), "text/csv", text),
    onError: (error) => sayError("It could not be exported", error),
  });
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} aria-hidden />}
          loading={csv.isPending}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => csv.mutate()}>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            save(
              nameOf(report, "json"),
              "application/json",
              JSON.stringify(report, null, 2),
            )}
        >
          JSON, for a program
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const nameOf = ({ started_at }: StoredReport, ending: string) =>
  `validation-${started_at.slice(0, 19).replaceAll(":", "-")}Z.${ending}`;

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
