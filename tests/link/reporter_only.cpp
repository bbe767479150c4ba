// Links everything of the reporter face, whole, and nothing of the officers': that it links says that no code a reporter's
// request can reach needs the code that opens slots, bodies or files.
#include "service/usecases/reporter/file_complaint.h"
#include "service/usecases/reporter/track.h"

#include <cstdio>

int main() {
    const bool there = &usecases::file_complaint != nullptr && &usecases::track != nullptr;
    return std::puts(there ? "the reporter face stands alone" : "") < 0;
}
