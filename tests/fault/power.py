"""Power cuts: what a disk may hold when the power fails after one of a run's calls.

The recorded calls are played on a model of the file system in which nothing is certain but what was asked to be made
so: bytes of a file by an fsync of that file, names in a folder by an fsync of that folder. At a cut, what is not certain
may be there or not, so one cut has several images:

    lost    nothing of it
    data    the names, but none of the bytes: files that are there, and empty or as they were
    names   the bytes, but none of the names
    mixed   per file a random half of its writes, per folder a random number of its first changes of names

Real file systems promise more than that. What holds here holds there.
"""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

IMAGES = ["lost", "data", "names", "mixed"]


class File:
    """One file, whatever its name."""

    def __init__(self, content=b""):
        self.certain = content
        self.pending = []

    def bytes_after(self, chosen):
        content = bytearray(self.certain)
        for offset, data in chosen:
            if data is None:
                content = content[:offset] + bytes(max(0, offset - len(content)))
            else:
                content.extend(bytes(max(0, offset - len(content))))
                content[offset:offset + len(data)] = data
        return bytes(content)

    def whole(self):
        return self.bytes_after(self.pending)

    def flush(self):
        self.certain, self.pending = self.whole(), []


@dataclass
class Opened:
    file: File = None
    folder: str = None
    offset: int = 0
    appends: bool = False


@dataclass
class Disk:
    """Names to files; None stands for a folder. `pending` are changes of names, by the folder they are in."""

    root: str
    certain: dict = field(default_factory=dict)
    now: dict = field(default_factory=dict)
    pending: dict = field(default_factory=dict)
    files: list = field(default_factory=list)  # every one there ever was

    @classmethod
    def of(cls, root, photo):
        disk = cls(str(root))
        for path, content in photo.items():
            disk.certain[path] = None if content is None else disk.new_file(content)
        disk.now = dict(disk.certain)
        return disk

    def new_file(self, content=b""):
        self.files.append(File(content))
        return self.files[-1]

    def rename(self, old, new, certainly=False):
        """Gives the file another name; `old` None: its first, `new` None: none any more."""
        change = (old, new, self.now.get(old))
        apply(self.now, change)
        self.pending.setdefault(parent(new or old), []).append(change)

    def make(self, path, file):
        self.now[path] = file
        self.pending.setdefault(parent(path), []).append((None, path, file))

    def flush_folder(self, path):
        for change in self.pending.pop(path, []):
            apply(self.certain, change)

    def image(self, kind, seed):
        """What one cut may leave: paths to files with their bytes, to None for a folder."""
        chance = random.Random(seed)
        names = dict(self.certain)
        for folder in sorted(self.pending):
            changes = self.pending[folder]
            count = {"lost": 0, "data": len(changes), "names": 0, "mixed": chance.randint(0, len(changes))}[kind]
            for change in changes[:count]:
                apply(names, change)
        return {path: None if file is None else (file, content(file, kind, chance))
                for path, file in sorted(names.items()) if self.is_reached(path, names)}

    def is_reached(self, path, names):
        """A name in a folder that isn't there is not there either."""
        above = parent(path)
        return above == self.root or above in names and self.is_reached(above, names)


def content(file, kind, chance):
    if kind in ("lost", "data"):
        return file.certain
    if kind == "names":
        return file.whole()
    return file.bytes_after([change for change in file.pending if chance.random() < 0.5])


def apply(names, change):
    old, new, file = change
    if old is not None:
        names.pop(old, None)
    if new is not None:
        names[new] = file


def parent(path):
    return path.rsplit("/", 1)[0]


class Player:
    """Plays recorded calls on a disk. Paths outside the world are none of it."""

    def __init__(self, disk):
        self.root = disk.root
        self.disk = disk
        self.opened = {}

    def play(self, call):
        """True when the call may have made a difference to what a cut leaves."""
        if call.result < 0:
            return False
        return getattr(self, "do_" + call.name)(*call.arguments, result=call.result) is not False

    def path(self, text, at=None):
        path = text.decode()
        if not path.startswith("/"):
            base = self.opened[at].folder if at in self.opened else self.root
            path = f"{base}/{path}"
        return re.sub(r"/+", "/", path)

    def is_inside(self, path):
        return path.startswith(self.root + "/")

    def do_openat(self, at, name, flags, *_, result):
        path = self.path(name, at)
        if not self.is_inside(path) and path != self.root:
            return False
        if "O_DIRECTORY" in flags or path == self.root or path in self.disk.now and self.disk.now[path] is None:
            self.opened[result] = Opened(folder=path.rstrip("/"))
            return False
        is_new = path not in self.disk.now
        if is_new:
            self.disk.make(path, self.disk.new_file())
        file = self.disk.now[path]
        self.opened[result] = Opened(file=file, appends="O_APPEND" in flags)
        if "O_TRUNC" in flags and not is_new:
            file.pending.append((0, None))
        return is_new

    def do_close(self, number, *_, result):
        self.opened.pop(number, None)
        return False

    def do_lseek(self, number, *_, result):
        if number in self.opened:
            self.opened[number].offset = result
        return False

    def do_write(self, number, data, _, result):
        opened = self.opened.get(number)
        if opened is None:
            return False
        offset = len(opened.file.whole()) if opened.appends else opened.offset
        opened.file.pending.append((offset, data[:result]))
        opened.offset = offset + result

    def do_pwrite64(self, number, data, _, offset, result):
        if number not in self.opened:
            return False
        self.opened[number].file.pending.append((offset, data[:result]))

    def do_ftruncate(self, number, size, result):
        if number not in self.opened:
            return False
        self.opened[number].file.pending.append((size, None))

    # Only ever asked to keep the size.
    def do_fallocate(self, *_, result):
        return False

    def do_fsync(self, number, result):
        opened = self.opened.get(number)
        if opened is None:
            return False
        if opened.folder:
            self.disk.flush_folder(opened.folder)
        else:
            opened.file.flush()

    do_fdatasync = do_fsync

    def do_rename(self, old, new, result):
        self.disk.rename(self.path(old), self.path(new))

    def do_renameat(self, old_at, old, new_at, new, *_, result):
        self.disk.rename(self.path(old, old_at), self.path(new, new_at))

    do_renameat2 = do_renameat

    def do_unlink(self, name, result):
        return self.do_unlinkat(-1, name, "0", result=result)

    def do_unlinkat(self, at, name, _, result):
        path = self.path(name, at)
        if not self.is_inside(path):
            return False
        self.disk.rename(path, None)

    def do_link(self, old, new, result):
        self.disk.make(self.path(new), self.disk.now[self.path(old)])

    def do_mkdir(self, name, _, result):
        self.disk.make(self.path(name), None)

    def do_mkdirat(self, at, name, _, result):
        self.disk.make(self.path(name, at), None)


def photo(folder):
    """Every path in a folder to its bytes, None for a folder."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


class Recording:
    """An undisturbed run, seen from the disk. Made when the run has ended and its files are still there."""

    def __init__(self, folder, before, calls):
        self.folder, self.before, self.calls = folder, before, calls
        disk = Disk.of(folder, before)
        player = Player(disk)
        for call in calls:
            player.play(call)
        self.inodes = {number: Path(path).stat().st_ino for number, file in enumerate(disk.files)
                       for path, named in disk.now.items() if named is file}

    def cuts(self):
        """The disk at every point at which a cut may leave something new. It goes on: use it before the next."""
        disk = Disk.of(self.folder, self.before)
        player = Player(disk)
        for call in self.calls:
            if player.play(call):
                yield call.point, disk

    def write_image(self, disk, image, target):
        """Puts what a cut left into an empty folder."""
        written = {}
        for path, there in image.items():
            file = target / path[len(disk.root) + 1:]
            if there is None:
                file.mkdir(mode=0o700)
                continue
            file.touch(mode=0o600)
            file.write_bytes(there[1])
            written[self.inodes.get(disk.files.index(there[0]))] = file.stat().st_ino
        renumber(target, written)


def renumber(folder, inodes):
    """CSV bookkeeping names the inode of the file that takes the source's place. Put back from an image that file has
    another one, which the cut itself would not have given it."""
    for file in folder.rglob("*.meta.csv.pending*"):
        lines = file.read_bytes().decode("utf-8", "surrogateescape").split("\r\n")
        place = lines[0].split(",").index("replacement") if "replacement" in lines[0] else None
        for number, line in enumerate(lines[1:] if place is not None else [], 1):
            fields = line.split(",")
            if len(fields) > place and fields[place].isdigit() and int(fields[place]) in inodes:
                fields[place] = str(inodes[int(fields[place])])
                lines[number] = ",".join(fields)
        file.write_bytes("\r\n".join(lines).encode("utf-8", "surrogateescape"))
