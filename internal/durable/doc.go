// Package durable keeps small files that survive a crash, a kill and a power cut.
//
// To replace a file, it writes a temporary file in the same directory, fsyncs it, closes
// it, renames it over the old one, and fsyncs the directory. Whenever the machine stops,
// the file has either the old or the new content in full; after [Dir.Write] has returned
// nil, it is the new one. At worst the write in progress is lost.
//
// A process that changes a file holds a kernel lock on it ([Dir.Lock]). The kernel
// releases the lock when the process ends for any reason. So a file that is not locked
// is complete or was left by a crash, and no process id is needed.
//
// A file contains the name and the version of its format ([Format]), so that an older
// program never misreads or overwrites a file of a newer one.
//
// Files have mode 0600, directories 0700. System calls go through [Disk], so that a test can
// fill the disk or cut the power at any of them.
package durable
