@echo off
rem Double-click on Windows: finds Python and opens the page. GB2312 bytes and CRLF, as cmd reads them in code page 936.
chcp 936 >nul
title 安全生产检查表
pushd "%~dp0"
set "PYTHON="
set "FOUND="
call :try py -3
call :try python
call :try python3
if not defined FOUND goto none
if not defined PYTHON goto old
%PYTHON% run.py page %*
if errorlevel 1 goto failed
popd
exit /b 0

:try
if defined PYTHON exit /b 0
%* -c "import sys" >nul 2>nul
if errorlevel 1 exit /b 0
set "FOUND=%*"
%* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 exit /b 0
set "PYTHON=%*"
exit /b 0

:none
echo 这台电脑没有装 Python。
goto how

:old
echo 这台电脑的 Python 太旧了，要 3.11 或更新的。现在的是：
%FOUND% --version

:how
echo.
echo 请装 64 位的 Python 3.11 到 3.13，安装时勾上 Add python.exe to PATH，
echo 装好以后再双击“开始”。不能上网的，请单位的信息人员拷来安装程序。
goto stay

:failed
echo.
echo 网页没有开成，或者已经停了。原因见上面；改好以后再双击“开始”。

:stay
popd
pause
exit /b 1
