"""Compiled from ui/main_window.ui by `make forms`; never edited."""

from PySide6.QtCore import QCoreApplication, QMetaObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenuBar, QProgressBar, QPushButton, QStackedWidget, QStatusBar, QVBoxLayout, QWidget


class Ui_MainWindow(object):
    def setupUi(self, MainWindow):
        if not MainWindow.objectName():
            MainWindow.setObjectName(u"MainWindow")
        MainWindow.setAcceptDrops(True)
        self.centre = QWidget(MainWindow)
        self.centre.setObjectName(u"centre")
        self.columns = QHBoxLayout(self.centre)
        self.columns.setSpacing(0)
        self.columns.setObjectName(u"columns")
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.sidebar = QWidget(self.centre)
        self.sidebar.setObjectName(u"sidebar")
        self.sidebar_column = QVBoxLayout(self.sidebar)
        self.sidebar_column.setSpacing(6)
        self.sidebar_column.setObjectName(u"sidebar_column")
        self.sidebar_column.setContentsMargins(8, 8, 8, 8)

        self.columns.addWidget(self.sidebar)

        self.content = QVBoxLayout()
        self.content.setSpacing(0)
        self.content.setObjectName(u"content")
        self.busy_bar = QFrame(self.centre)
        self.busy_bar.setObjectName(u"busy_bar")
        self.busy_row = QHBoxLayout(self.busy_bar)
        self.busy_row.setObjectName(u"busy_row")
        self.busy_row.setContentsMargins(16, 6, 16, 6)
        self.busy_words = QLabel(self.busy_bar)
        self.busy_words.setObjectName(u"busy_words")

        self.busy_row.addWidget(self.busy_words)

        self.busy_progress = QProgressBar(self.busy_bar)
        self.busy_progress.setObjectName(u"busy_progress")
        self.busy_progress.setTextVisible(False)

        self.busy_row.addWidget(self.busy_progress)

        self.busy_cancel = QPushButton(self.busy_bar)
        self.busy_cancel.setObjectName(u"busy_cancel")

        self.busy_row.addWidget(self.busy_cancel)


        self.content.addWidget(self.busy_bar)

        self.pages = QStackedWidget(self.centre)
        self.pages.setObjectName(u"pages")

        self.content.addWidget(self.pages)


        self.columns.addLayout(self.content)

        MainWindow.setCentralWidget(self.centre)
        self.menu_bar = QMenuBar(MainWindow)
        self.menu_bar.setObjectName(u"menu_bar")
        MainWindow.setMenuBar(self.menu_bar)
        self.status_bar = QStatusBar(MainWindow)
        self.status_bar.setObjectName(u"status_bar")
        self.status_bar.setSizeGripEnabled(False)
        MainWindow.setStatusBar(self.status_bar)

        self.retranslateUi(MainWindow)

        QMetaObject.connectSlotsByName(MainWindow)
    # setupUi

    def retranslateUi(self, MainWindow):
        MainWindow.setWindowTitle(QCoreApplication.translate("MainWindow", u"PCP Desktop", None))
#if QT_CONFIG(accessibility)
        self.sidebar.setAccessibleName(QCoreApplication.translate("MainWindow", u"Sidebar", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.busy_bar.setAccessibleName(QCoreApplication.translate("MainWindow", u"Work in progress", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.busy_progress.setAccessibleName(QCoreApplication.translate("MainWindow", u"How far the work is", None))
#endif // QT_CONFIG(accessibility)
        self.busy_cancel.setText(QCoreApplication.translate("MainWindow", u"Cancel (Esc)", None))
    # retranslateUi
