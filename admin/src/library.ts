export { BackupConsole, type BackupConsoleProps } from "./BackupConsole.tsx";
