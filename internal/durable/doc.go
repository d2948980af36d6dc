// Package durable keeps small files that survive a crash, a kill and a power cut.
//
// To replace a file, it writes a temporary file in the same folder, fsyncs it, closes
// it, renames it over the old one, and fsyncs the folder. Whenever the machine stops,
// the file has either the old or the new content in full; after [Folder.Write] returned
// nil, it is the new one. At worst the running write is lost.
//
// A process that changes a file holds a kernel lock on it ([Folder.Lock]). The kernel
// releases the lock when the process ends for any reason. So a file with a free lock
// is complete or was left by a crash, and no process id is needed.
//
// A file has the name and the version of its format ([Format]), so that an older
// program never misreads or overwrites a file of a newer one.
//
// Files have mode 0600, folders 0700. System calls go through [Disk], so that a test can
// fill the disk or cut the power at any of them.
package durable
