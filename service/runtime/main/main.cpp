#include "service/runtime/command_line.h"

int main(int argc, char **argv) { return runtime::run(argc, argv); }
