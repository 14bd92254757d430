import { Button, NativeSelect, Table, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArchive, IconPin, IconSearch, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { type SortColumn, useBackups } from "../../api/backups.ts";
import type { Backup, BackupKind, BackupList, BackupStatus } from "../../api/types.ts";
import { Cut } from "../../components/Cut.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Panel } from "../../components/Panel.tsx";
import { BackupSign, ValidationSign } from "../../components/Sign.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { WhenLink } from "../../components/When.tsx";
import { bytes, count, duration, plural } from "../../lib/format.ts";
import { SortHeader, type Sorting } from "../../components/SortHeader.tsx";
import { BackupMenu } from "./BackupMenu.tsx";
import { creatorName, kindNames } from "./words.ts";

const pageSize = 15;

export function History() {
  const [kind, setKind] = useState<BackupKind>();
  const [status, setStatus] = useState<BackupStatus>();
  const [page, setPage] = useState(1);
  const [sorting, setSorting] = useState<Sorting<SortColumn>>({
    sort: "created_at",
    order: "desc",
  });
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const list = useBackups({
    kind,
    status,
    search,
    ...sorting,
    page,
    limit: pageSize,
  });
  const isFiltered = kind !== undefined || status !== undefined ||
    search !== "";
  const clear = () => {
    setKind(undefined);
    setStatus(undefined);
    setText("");
    setPage(1);
  };

  return (
    <Panel
      title="History"
      isFlush
      actions={
        <>
          <TextInput
            size="xs"
            aria-label="Find in notes and names"
            placeholder="Find a note"
            leftSection={<IconSearch size={15} aria-hidden />}
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              setPage(1);
            }}
          />
          <NativeSelect
            size="xs"
            aria-label="Kind"
            value={kind ?? ""}
            onChange={({ currentTarget }) => {
              setKind(
                (currentTarget.value || undefined) as BackupKind | undefined,
              );
              setPage(1);
            }}
            data={[
              { value: "", label: "All kinds" },
              ...Object.entries(kindNames).map(([value, label]) => ({
                value,
                label,
              })),
            ]}
          />
          <NativeSelect
            size="xs"
            aria-label="State"
            value={status ?? ""}
            onChange={({ currentTarget }) => {
              setStatus(
                (currentTarget.value || undefined) as BackupStatus | undefined,
              );
              setPage(1);
            }}
            data={[
              { value: "", label: "All states" },
              { value: "completed", label: "Completed" },
              { value: "blocked", label: "Stopped by errors" },
              { value: "failed", label: "Failed" },
            ]}
          />
        </>
      }
    >
      <Answer query={list} skeleton={<Lines rows={8} height={34} />}>
        {(data) =>
          data.backups.length === 0 ? <Nothing isFiltered={isFiltered} clear={clear} /> : (
            <Rows
              data={data}
              page={page}
              setPage={setPage}
              isOld={list.isPlaceholderData}
              sorting={sorting}
              setSorting={(now) => {
                setSorting(now);
                setPage(1);
              }}
            />
          )}
      </Answer>
    </Panel>
  );
}

function Nothing(
  { isFiltered, clear }: { isFiltered: boolean; clear: () => void },
) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={IconArchive}
        title="No backup is like that"
        action={<Button variant="default" onClick={clear}>Show all</Button>}
      />
    );
  }
  return (
    <EmptyState icon={IconArchive} title="No backups yet">
      <p>
        “Back up now” makes the first one. It takes seconds, and nobody has to stop working.
      </p>
    </EmptyState>
  );
}

interface RowsProps {
  data: BackupList;
  page: number;
  setPage: (page: number) => void;
  isOld: boolean;
  sorting: Sorting<SortColumn>;
  setSorting: (sorting: Sorting<SortColumn>) => void;
}

function Rows({ data, page, setPage, isOld, sorting, setSorting }: RowsProps) {
  const sorted = { sorting, setSorting };
  const pages = Math.ceil(data.count / pageSize);
  return (
    <>
      <div className="bc-scroll" data-old={isOld || undefined}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <SortHeader column="created_at" {...sorted}>Made</SortHeader>
              <Table.Th className="bc-wide">State</Table.Th>
              <Table.Th className="bc-wide">Data</Table.Th>
              <Table.Th className="bc-wide">By</Table.Th>
              <SortHeader
                column="row_count"
                className="bc-number bc-wide"
                {...sorted}
              >
                Rows
              </SortHeader>
              <SortHeader column="file_size" className="bc-number" {...sorted}>
                Size
              </SortHeader>
              <SortHeader
                column="duration_ms"
                className="bc-number bc-wide"
                {...sorted}
              >
                Took
              </SortHeader>
              <Table.Th>
                <span className="bc-unseen">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.backups.map((backup) => <Row key={backup.id} backup={backup} />)}
          </Table.Tbody>
        </Table>
      </div>
      <Pager
        total={plural(data.count, "backup")}
        pages={pages}
        page={page}
        setPage={setPage}
      />
    </>
  );
}

function Row({ backup }: { backup: Backup }) {
  const {
    id,
    created_at,
    kind,
    notes,
    status,
    row_count,
    file_size,
    duration_ms,
    is_pinned,
    verified_at,
  } = backup;
  return (
    <Table.Tr>
      <Table.Td className="bc-first">
        <WhenLink to={`/backups/${id}`} at={created_at} />
        <span className="bc-narrow">
          <BackupSign status={status} />
        </span>
        <span className="bc-under">
          {kindNames[kind]}
          {is_pinned && (
            <span>
              <IconPin size={13} aria-hidden /> kept
            </span>
          )}
          {verified_at && (
            <span>
              <IconShieldCheck size={13} aria-hidden /> proven
            </span>
          )}
          {notes && kind !== "safety" && <Cut className="bc-notes" text={notes} />}
        </span>
      </Table.Td>
      <Table.Td className="bc-wide">
        <BackupSign status={status} />
      </Table.Td>
      <Table.Td className="bc-wide">
        {backup.validation_results?.status
          ? <ValidationSign status={backup.validation_results.status} />
          : "–"}
      </Table.Td>
      <Table.Td className="bc-wide">
        <Cut className="bc-person" text={creatorName(backup)} />
      </Table.Td>
      <Table.Td className="bc-number bc-wide">
        {row_count === null ? "–" : count(row_count)}
      </Table.Td>
      <Table.Td className="bc-number">
        {file_size === null ? "–" : bytes(file_size)}
      </Table.Td>
      <Table.Td className="bc-number bc-wide">
        {duration_ms === null ? "–" : duration(duration_ms)}
      </Table.Td>
      <Table.Td className="bc-row-actions">
        <BackupMenu backup={backup} />
      </Table.Td>
    </Table.Tr>
  );
}
