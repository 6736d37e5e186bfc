export type { CarriedOut, ListedMail, Listing, MailSource, Selection } from "./source.ts";
export { openSource } from "./openSource.ts";
export { openFiles } from "./files/openFiles.ts";
export type { FolderSetting } from "./folderPatterns.ts";
export { selectFolders } from "./folderPatterns.ts";
export type { MailboxScan, ScannedMail } from "./scan/report.ts";
export type { ScanOptions } from "./scan/scanMailbox.ts";
export { scanMailbox } from "./scan/scanMailbox.ts";
export { scanProject } from "./scan/scanProject.ts";
