#!/bin/sh
# Double-click on macOS (and on Linux desktops that run scripts): finds Python and opens the page.
cd "$(dirname "$0")" || exit 1

stay() {
    printf '\n按回车键关闭。'
    read -r _
    exit 1
}

found=
for python in python3 python3.13 python3.12 python3.11 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
    "$python" -c 'import sys' >/dev/null 2>&1 || continue
    found=$python
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue
    "$python" run.py page "$@" && exit 0
    echo '网页没有开成，或者已经停了。原因见上面；改好以后再双击。'
    stay
done
if [ -n "$found" ]; then
    echo '这台电脑的 Python 太旧了，要 3.11 或更新的。现在的是：'
    "$found" --version
else
    echo '这台电脑没有装 Python。'
fi
echo '请装 Python 3.11 到 3.13，再双击。'
stay
