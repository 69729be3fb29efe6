{
  'variables': {
    # Warnings are errors only when asked for: a newer compiler's new warnings must not break anyone's installation.
    'netplumb_werror%': "<!(echo ${NETPLUMB_WERROR:-0})",
    # As seen from build/, where the compiler runs.
    'node_addon_api_dir': "<!(node -p \"path.relative('build', path.dirname(require.resolve('node-addon-api')))\")",
  },
  'targets': [{
    'target_name': 'netplumb',
    # The one list of sources, shared with native/CMakeLists.txt: a path below native/ per line, '#' begins a comment.
    'sources': ["<!@(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' -e 's|^|native/|' native/sources.txt)"],
    'include_dirs': ['native'],
    # The last: a worker that is being terminated takes no exception any more, which must not end the process.
    'defines': [
      'NAPI_VERSION=9',
      'NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS',
      'NODE_ADDON_API_DISABLE_DEPRECATED',
      'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
    ],
    'cflags_cc!': ['-std=gnu++17'],
    'cflags!': ['-Wno-unused-parameter'],
    'cflags_cc': [
      '-std=gnu++20',
      '-fno-exceptions',
      '-fno-rtti',
      '-fvisibility=hidden',
      # A directory named here too is a system directory, although node-gyp names it with -I: no warnings from it.
      '-isystem', '<(node_root_dir)/include/node',
      '-isystem', '<(node_addon_api_dir)',
      '-Wall',
      '-Wextra',
      '-Wshadow',
      '-Wconversion',
      # A designated initialiser leaves out on purpose what it does not name.
      '-Wno-missing-field-initializers',
      # False alarms of GCC 12 about std::string (its bug 105651).
      '-Wno-restrict',
    ],
    'conditions': [
      ['netplumb_werror==1', {'cflags_cc': ['-Werror']}],
    ],
  }],
}
