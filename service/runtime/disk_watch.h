// Tells the operator, in the log, that the disk fills, that complaints cannot be saved and that they are saved again:
// each once. Nothing of a request: not how many were refused, and no time but that of the look.
#pragma once

#include "storage/store.h"

#include <filesystem>

namespace runtime {

// Warns when less than the reserve is free.
void warn_when_the_disk_fills(const std::filesystem::path &folder);

class DiskWatch {
public:
    DiskWatch(storage::Store &store, std::filesystem::path folder);
    void look(); // one thread's

private:
    bool writes_again();

    storage::Store &store_;
    std::filesystem::path folder_;
    bool filling_, failing_ = false; // what was told last
};

} // namespace runtime
