// Package durable keeps small files that survive a crash, a kill and a power
// cut.
//
// A file is replaced in six moves: write a temporary file in the same folder,
// fsync it, close it, rename it over the old one, fsync the folder. Whatever
// moment the machine stops at, the name holds either the old content or the new
// one, in full; after [Folder.Write] has returned nil it is the new one. What is
// lost at worst is the write that was under way.
//
// A file belongs to one operation, and the operation holds a kernel lock while
// it works on it ([Folder.Lock]). The kernel drops the lock when the process
// ends, however it ends, so a file whose lock is free was finished or left by a
// crash, and no process id needs to be guessed at.
//
// What is in a file carries the name and the version of its format ([Format]):
// an older program never misreads, and so never overwrites, what a newer one
// left.
//
// Files are 0600 and folders 0700. System calls go through [Disk], so that a
// test can fill the disk or cut the power at any of them.
package durable
